import type { ContexteActeur } from '@sillage/access';
import { Lectures } from '@sillage/read';
import { Args, Context, Info, Mutation, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { ExecuteurMutation, type Reponse, repondre } from '../api/index.js';
import { versementLu } from './versement.lu.js';
import type { ActionVersement } from './versement.policy.js';
import { VersementService } from './versement.service.js';
import {
  VersementRefuserInput,
  VersementRefuserPayload,
  VersementValiderInput,
  VersementValiderPayload,
} from './versement.types.js';

/** What the siège decides of an amount. */
@Resolver()
export class VersementResolver {
  constructor(
    private readonly mutations: ExecuteurMutation,
    private readonly lectures: Lectures,
    private readonly service: VersementService,
  ) {}

  @Mutation(() => VersementValiderPayload, { description: 'Valide le montant proposé (siège).' })
  versementValider(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: VersementValiderInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'versement', unknown>> {
    return this.decider(contexte, 'VALIDER', input, info);
  }

  @Mutation(() => VersementRefuserPayload, { description: 'Refuse le montant proposé, avec un motif (siège).' })
  versementRefuser(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: VersementRefuserInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'versement', unknown>> {
    return this.decider(contexte, 'REFUSER', input, info);
  }

  private decider(
    contexte: ContexteActeur,
    action: ActionVersement,
    input: VersementValiderInput | VersementRefuserInput,
    info: GraphQLResolveInfo,
  ): Promise<Reponse<'versement', unknown>> {
    return repondre(input, 'versement', () =>
      this.mutations.executer(contexte, info.fieldName, input, {
        effet: (em) => this.service.decider(em, contexte, action, input),
        relire: (em, uuid) => this.lectures.relire(em, contexte, { type: versementLu, uuid, champ: 'versement' }, info),
      }),
    );
  }
}
