import type { ContexteActeur } from '@sillage/access';
import { Args, Context, Info, Mutation, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Gestes, type Reponse } from '../api/index.js';
import { conventionLue } from './convention.lu.js';
import { ConventionService } from './convention.service.js';
import { AvenantService } from './avenant.service.js';
import { FinDeConventionService } from './fin-de-convention.service.js';
import {
  AvenantAbandonnerInput,
  AvenantAbandonnerPayload,
  AvenantSignerInput,
  AvenantSignerPayload,
  ConventionAbandonnerInput,
  ConventionAbandonnerPayload,
  ConventionResilierInput,
  ConventionResilierPayload,
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
    private readonly fins: FinDeConventionService,
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

  @Mutation(() => ConventionAbandonnerPayload, {
    description:
      'Abandonne une convention que les deux parties n’ont pas signée (siège) : la candidature peut être conventionnée à nouveau.',
  })
  conventionAbandonner(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: ConventionAbandonnerInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'convention', unknown>> {
    return this.gestes.faire(contexte, input, info, {
      champ: 'convention',
      type: conventionLue,
      effet: (em) => this.fins.abandonner(em, contexte, input),
    });
  }

  @Mutation(() => ConventionResilierPayload, {
    description:
      'Met fin à une convention signée, au nom d’une partie : par dénonciation pour une échéance annuelle (CONV-DEL-01), ou par résiliation quand un courrier est resté sans effet (CONV-DEL-02).',
  })
  conventionResilier(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: ConventionResilierInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'convention', unknown>> {
    return this.gestes.faire(contexte, input, info, {
      champ: 'convention',
      type: conventionLue,
      effet: (em) => this.fins.resilier(em, contexte, input),
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
