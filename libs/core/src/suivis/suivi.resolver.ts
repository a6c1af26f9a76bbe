import type { ContexteActeur } from '@sillage/access';
import { classeGraphql } from '@sillage/read';
import { Args, Context, Field, ID, Info, InputType, Int, Mutation, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { EntityManager } from 'typeorm';
import { Gestes, MutationInput, type Reponse, typeReponse } from '../api/index.js';
import { suiviLu } from './suivi.lu.js';
import { SuiviService } from './suivi.service.js';

@InputType()
class SuiviConfirmerInput extends MutationInput {
  @Field(() => ID)
  suiviId!: string;

  @Field(() => Int, { description: 'La version que vous avez lue.' })
  version!: number;
}

@InputType()
class SuiviRenvoyerInput extends SuiviConfirmerInput {
  @Field(() => String, { description: 'Ce que le porteur doit compléter.' })
  motif!: string;
}

const SuiviConfirmerPayload = typeReponse('SuiviConfirmer', 'suivi', () => classeGraphql(suiviLu));
const SuiviRenvoyerPayload = typeReponse('SuiviRenvoyer', 'suivi', () => classeGraphql(suiviLu));

/** The gestures that every dispositif's reports share. */
@Resolver()
export class SuiviResolver {
  constructor(
    private readonly gestes: Gestes,
    private readonly service: SuiviService,
  ) {}

  @Mutation(() => SuiviConfirmerPayload, { description: 'Confirme un suivi (service du dispositif, siège).' })
  suiviConfirmer(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: SuiviConfirmerInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'suivi', unknown>> {
    return this.#faire(contexte, input, info, (em) => this.service.confirmer(em, contexte, input));
  }

  @Mutation(() => SuiviRenvoyerPayload, { description: 'Renvoie un suivi au porteur, qui le complète et le remet.' })
  suiviRenvoyer(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: SuiviRenvoyerInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'suivi', unknown>> {
    return this.#faire(contexte, input, info, (em) => this.service.renvoyer(em, contexte, input));
  }

  #faire(
    contexte: ContexteActeur,
    input: MutationInput,
    info: GraphQLResolveInfo,
    effet: (em: EntityManager) => Promise<string>,
  ): Promise<Reponse<'suivi', unknown>> {
    return this.gestes.faire(contexte, input, info, { champ: 'suivi', type: suiviLu, effet });
  }
}
