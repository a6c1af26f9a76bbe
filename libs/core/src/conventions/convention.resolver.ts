import type { ContexteActeur } from '@sillage/access';
import { Args, Context, Info, Mutation, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Gestes, type Reponse } from '../api/index.js';
import { conventionLue } from './convention.lu.js';
import { ConventionService } from './convention.service.js';
import { AvenantService } from './avenant.service.js';
import {
  AvenantAbandonnerInput,
  AvenantAbandonnerPayload,
  AvenantSignerInput,
  AvenantSignerPayload,
  ConventionSignerInput,
  ConventionSignerPayload,
} from './convention.types.js';

/** Gestures that every dispositif's conventions share. */
@Resolver()
export class ConventionResolver {
  constructor(
    private readonly gestes: Gestes,
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
    return this.gestes.faire(contexte, input, info, {
      champ: 'convention',
      type: conventionLue,
      effet: (em) => this.service.signer(em, contexte, input),
    });
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
    return this.gestes.faire(contexte, input, info, {
      champ: 'convention',
      type: conventionLue,
      effet: (em) => this.avenants.signer(em, contexte, input),
    });
  }

  @Mutation(() => AvenantAbandonnerPayload, {
    description: 'Abandonne un avenant que les deux parties n’ont pas signé (siège).',
  })
  avenantAbandonner(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: AvenantAbandonnerInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'convention', unknown>> {
    return this.gestes.faire(contexte, input, info, {
      champ: 'convention',
      type: conventionLue,
      effet: (em) => this.avenants.abandonner(em, contexte, input),
    });
  }
}
