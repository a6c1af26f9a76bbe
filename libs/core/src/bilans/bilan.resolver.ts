import type { ContexteActeur } from '@sillage/access';
import { classeGraphql } from '@sillage/read';
import { Args, Context, Field, ID, Info, InputType, Int, Mutation, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Gestes, MutationInput, type Reponse, typeReponse } from '../api/index.js';
import { bilanLu } from './bilan.lu.js';
import { BilanService } from './bilan.service.js';

@InputType()
class BilanRenvoyerInput extends MutationInput {
  @Field(() => ID)
  bilanId!: string;

  @Field(() => Int, { description: 'La version que vous avez lue.' })
  version!: number;

  @Field(() => String, { description: 'Ce que le porteur doit compléter.' })
  motif!: string;
}

@InputType()
class BilanRouvrirInput extends MutationInput {
  @Field(() => ID)
  bilanId!: string;

  @Field(() => String, { description: 'Pourquoi la confirmation est reprise.' })
  motif!: string;
}

const BilanRouvrirPayload = typeReponse('BilanRouvrir', 'bilan', () => classeGraphql(bilanLu));
const BilanRenvoyerPayload = typeReponse('BilanRenvoyer', 'bilan', () => classeGraphql(bilanLu));

/** The gesture that every dispositif's bilans share. */
@Resolver()
export class BilanResolver {
  constructor(
    private readonly gestes: Gestes,
    private readonly service: BilanService,
  ) {}

  @Mutation(() => BilanRenvoyerPayload, { description: 'Renvoie un bilan au porteur, qui le complète et le remet.' })
  bilanRenvoyer(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: BilanRenvoyerInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'bilan', unknown>> {
    return this.gestes.faire(contexte, input, info, {
      champ: 'bilan',
      type: bilanLu,
      effet: (em) => this.service.renvoyer(em, contexte, input),
    });
  }

  @Mutation(() => BilanRouvrirPayload, {
    description:
      'Reprend une confirmation, tant que rien de ce qu’elle a rendu dû n’est liquidé (siège) : le porteur remet son bilan à nouveau.',
  })
  bilanRouvrir(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: BilanRouvrirInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'bilan', unknown>> {
    return this.gestes.faire(contexte, input, info, {
      champ: 'bilan',
      type: bilanLu,
      effet: (em) => this.service.rouvrir(em, contexte, input),
    });
  }
}
