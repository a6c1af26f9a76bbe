import type { ContexteActeur } from '@sillage/access';
import { Args, Context, Info, Mutation, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { EntityManager } from 'typeorm';
import { Gestes, type MutationInput, type Reponse } from '../api/index.js';
import { candidatureLue } from './candidature.lu.js';
import { CandidatureService } from './candidature.service.js';
import {
  CandidatureAbandonnerInput,
  CandidatureAbandonnerPayload,
  CandidatureDeciderInput,
  CandidatureDeciderPayload,
  CandidatureDemanderComplementInput,
  CandidatureDemanderComplementPayload,
  CandidatureDeposerInput,
  CandidatureDeposerPayload,
  CandidatureDonnerAvisInput,
  CandidatureDonnerAvisPayload,
  CandidatureReprendreInput,
  CandidatureReprendrePayload,
  CandidatureRetirerComplementInput,
  CandidatureRetirerComplementPayload,
  CandidatureValiderInput,
  CandidatureValiderPayload,
} from './candidature.types.js';
import { ComplementService } from './complement.service.js';
import { InstructionService } from './instruction.service.js';
import { RepriseCandidatures } from './reprise.service.js';

type Effet = (em: EntityManager) => Promise<string>;

/** Gestures that every dispositif shares. */
@Resolver()
export class CandidatureResolver {
  constructor(
    private readonly gestes: Gestes,
    private readonly candidatures: CandidatureService,
    private readonly instruction: InstructionService,
    private readonly reprise: RepriseCandidatures,
    private readonly complements: ComplementService,
  ) {}

  @Mutation(() => CandidatureDeposerPayload, {
    description: 'Dépose un brouillon complet, pendant la fenêtre de l’appel (AMB-044).',
  })
  candidatureDeposer(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: CandidatureDeposerInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'candidature', unknown>> {
    return this.faire(contexte, input, info, (em) => this.candidatures.deposer(em, contexte, input.candidatureId));
  }

  @Mutation(() => CandidatureValiderPayload, {
    description: 'Valide une candidature déposée : geste final du porteur, avant la clôture (AMB-044).',
  })
  candidatureValider(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: CandidatureValiderInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'candidature', unknown>> {
    return this.faire(contexte, input, info, (em) => this.candidatures.valider(em, contexte, input.candidatureId));
  }

  @Mutation(() => CandidatureAbandonnerPayload, { description: 'Abandonne un brouillon ou une candidature déposée.' })
  candidatureAbandonner(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: CandidatureAbandonnerInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'candidature', unknown>> {
    return this.faire(contexte, input, info, (em) => this.candidatures.abandonner(em, contexte, input.candidatureId));
  }

  @Mutation(() => CandidatureReprendrePayload, {
    description:
      'Ouvre, sur un appel en cours, un brouillon au contenu d’une candidature antérieure : ce qu’une clôture a laissé n’est pas perdu.',
  })
  candidatureReprendre(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: CandidatureReprendreInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'candidature', unknown>> {
    return this.faire(contexte, input, info, (em) => this.reprise.reprendre(em, contexte, input));
  }

  @Mutation(() => CandidatureDemanderComplementPayload, {
    description:
      'Demande au porteur de compléter une candidature validée : l’instruction est suspendue jusqu’à sa réponse ou à l’échéance. ' +
      'Pas après la clôture, sauf si le paramètre complementApresCloture le permet (AMB-107).',
  })
  candidatureDemanderComplement(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: CandidatureDemanderComplementInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'candidature', unknown>> {
    return this.faire(contexte, input, info, (em) => this.complements.demander(em, contexte, input));
  }

  @Mutation(() => CandidatureRetirerComplementPayload, {
    description: 'Retire la demande de complément qui est attendue, avec son motif : l’instruction reprend (AMB-107).',
  })
  candidatureRetirerComplement(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: CandidatureRetirerComplementInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'candidature', unknown>> {
    return this.faire(contexte, input, info, (em) => this.complements.retirer(em, contexte, input));
  }

  @Mutation(() => CandidatureDonnerAvisPayload, { description: 'Rend l’avis d’un service territorial (AMB-105).' })
  candidatureDonnerAvis(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: CandidatureDonnerAvisInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'candidature', unknown>> {
    return this.faire(contexte, input, info, (em) => this.instruction.donnerAvis(em, contexte, input));
  }

  @Mutation(() => CandidatureDeciderPayload, {
    description: 'Retient ou rejette une candidature, avec ses raisons (AMB-105).',
  })
  candidatureDecider(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: CandidatureDeciderInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'candidature', unknown>> {
    return this.faire(contexte, input, info, (em) => this.instruction.decider(em, contexte, input));
  }

  private faire(
    contexte: ContexteActeur,
    input: MutationInput,
    info: GraphQLResolveInfo,
    effet: Effet,
  ): Promise<Reponse<'candidature', unknown>> {
    return this.gestes.faire(contexte, input, info, { champ: 'candidature', type: candidatureLue, effet });
  }
}
