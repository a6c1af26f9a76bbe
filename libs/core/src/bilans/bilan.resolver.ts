import type { ContexteActeur } from '@sillage/access';
import { classeGraphql, Lectures } from '@sillage/read';
import { Args, Context, Field, ID, Info, InputType, Int, Mutation, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { ExecuteurMutation, MutationInput, type Reponse, repondre, typeReponse } from '../api/index.js';
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
    private readonly mutations: ExecuteurMutation,
    private readonly lectures: Lectures,
    private readonly service: BilanService,
  ) {}

  @Mutation(() => BilanRenvoyerPayload, { description: 'Renvoie un bilan au porteur, qui le complète et le remet.' })
  bilanRenvoyer(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: BilanRenvoyerInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'bilan', unknown>> {
    return repondre(input, 'bilan', () =>
      this.mutations.executer(contexte, 'bilanRenvoyer', input, {
        effet: (em) => this.service.renvoyer(em, contexte, input),
        relire: (em, uuid) => this.lectures.relire(em, contexte, { type: bilanLu, uuid, champ: 'bilan' }, info),
      }),
    );
  }
}
