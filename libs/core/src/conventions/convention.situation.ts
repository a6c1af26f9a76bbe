import type { ObjetProtege } from '@sillage/access';
import { type DateCivile, type Decision, jourDe } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { ActivationService } from '../activations/index.js';
import { Candidature, CandidatureDecision } from '../candidatures/candidature.entity.js';
import { Convention, ConventionSignature, ConventionTerritoire } from './convention.entity.js';
import type { SituationConvention } from './convention.policy.js';

/** A convention with what rights and decisions on it depend on. */
export interface ConventionSituee {
  convention: Convention;
  objet: Required<ObjetProtege>;
  situation: SituationConvention;
  decisionPriseLe: DateCivile;
  /** The appel that its candidature answered. */
  appelId: string;
}

/** Gathers what a signature depends on. Runs in the caller's transaction. */
@Injectable()
export class SituationsConvention {
  constructor(private readonly activations: ActivationService) {}

  /** Conventions of one département, in their order: a fixed number of statements whatever their count. */
  async situer(em: EntityManager, conventions: readonly Convention[]): Promise<ConventionSituee[]> {
    const [premiere] = conventions;
    if (premiere === undefined) return [];
    const { departementId } = premiere;
    const conventionId = In(conventions.map((c) => c.id));
    const candidatureIds = In(conventions.map((c) => c.candidatureId));
    const candidatures = await em.findBy(Candidature, { departementId, id: candidatureIds });
    const decisions = await em.findBy(CandidatureDecision, { departementId, candidatureId: candidatureIds });
    const signatures = await em.findBy(ConventionSignature, { departementId, conventionId });
    const liens = await em.findBy(ConventionTerritoire, { departementId, conventionId });
    const candidatureDe = (id: string): Candidature => candidatures.find((c) => c.id === id) as Candidature;
    const demandes = conventions.map(({ id, dispositif, candidatureId }) => {
      const { deposeeLe, creeLe } = candidatureDe(candidatureId);
      const territoireIds = liens.filter((l) => l.conventionId === id).map((l) => l.territoireId);
      return { dispositif, territoireIds, pour: 'CONTINUER' as const, commenceLe: deposeeLe ?? creeLe };
    });
    const continuer = await this.activations.deciderTous(em, departementId, demandes, ['input', 'conventionId']);
    return conventions.map((convention, rang) => {
      const { id, dispositif, structureId, etat, candidatureId } = convention;
      const territoireIds = demandes[rang]?.territoireIds ?? [];
      const { priseLe } = decisions.find((d) => d.candidatureId === candidatureId) as CandidatureDecision;
      return {
        convention,
        objet: { dispositif, structureId, etat, territoireIds },
        situation: {
          etat,
          signataires: signatures.filter((s) => s.conventionId === id).map((s) => s.partie),
          continuer: continuer[rang] as Decision,
        },
        decisionPriseLe: jourDe(priseLe),
        appelId: candidatureDe(candidatureId).appelId,
      };
    });
  }
}
