import type { ContexteActeur } from '@sillage/access';
import { Lectures } from '@sillage/read';
import { Args, Context, Info, Mutation, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { ExecuteurMutation, type Reponse, repondre } from '../api/index.js';
import { conventionLue } from './convention.lu.js';
import { ConventionService } from './convention.service.js';
import { AvenantService } from './avenant.service.js';
import {
  AvenantSignerInput,
  AvenantSignerPayload,
  ConventionSignerInput,
  ConventionSignerPayload,
} from './convention.types.js';

/** Gestures that every dispositif's conventions share. */
@Resolver()
export class ConventionResolver {
  constructor(
    private readonly mutations: ExecuteurMutation,
    private readonly lectures: Lectures,
    private readonly service: ConventionService,
    private readonly avenants: AvenantService,
  ) {}

  @Mutation(() => ConventionSignerPayload, {
    description:
      'Enregistre la signature d’une partie. La seconde conclut la convention : les versements dus à la signature sont calculés.',
  })
  conventionSigner(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: ConventionSignerInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'convention', unknown>> {
    return repondre(input, 'convention', () =>
      this.mutations.executer(contexte, 'conventionSigner', input, {
        effet: (em) => this.service.signer(em, contexte, input),
        relire: (em, uuid) =>
          this.lectures.relire(em, contexte, { type: conventionLue, uuid, champ: 'convention' }, info),
      }),
    );
  }

  @Mutation(() => AvenantSignerPayload, {
    description:
      'Enregistre la signature d’un avenant par une partie. La seconde change la convention et son engagement : ses versements sont recalculés.',
  })
  avenantSigner(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: AvenantSignerInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'convention', unknown>> {
    return repondre(input, 'convention', () =>
      this.mutations.executer(contexte, 'avenantSigner', input, {
        effet: (em) => this.avenants.signer(em, contexte, input),
        relire: (em, uuid) =>
          this.lectures.relire(em, contexte, { type: conventionLue, uuid, champ: 'convention' }, info),
      }),
    );
  }
}
