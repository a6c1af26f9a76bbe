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
}
