import type { ObjetProtege } from '@sillage/access';
import type { Decision } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { ActivationService } from '../activations/index.js';
import { Candidature } from '../candidatures/candidature.entity.js';
import { Convention, ConventionTerritoire } from '../conventions/convention.entity.js';
import { Versement } from './versement.entity.js';
import type { SituationVersement } from './versement.policy.js';

/** A versement with what rights and decisions on it depend on. */
export interface VersementSitue {
  versement: Versement;
  objet: Required<ObjetProtege>;
  situation: SituationVersement;
}

/** Gathers what a decision on a versement depends on. Runs in the caller's transaction. */
@Injectable()
export class SituationsVersement {
  constructor(private readonly activations: ActivationService) {}

  /** Versements of one département, in their order: a fixed number of statements whatever their count. */
  async situer(em: EntityManager, versements: readonly Versement[]): Promise<VersementSitue[]> {
    const [premier] = versements;
    if (premier === undefined) return [];
    const { departementId } = premier;
    const conventionIds = [...new Set(versements.map((v) => v.conventionId))];
    const conventions = await em.findBy(Convention, { departementId, id: In(conventionIds) });
    const candidatureIds = conventions.map((c) => c.candidatureId);
    const candidatures = await em.findBy(Candidature, { departementId, id: In(candidatureIds) });
    const liens = await em.findBy(ConventionTerritoire, { departementId, conventionId: In(conventionIds) });
    const demandes = versements.map(({ dispositif, conventionId }) => {
      const convention = conventions.find((c) => c.id === conventionId);
      const { deposeeLe, creeLe } = candidatures.find((c) => c.id === convention?.candidatureId) as Candidature;
      const territoireIds = liens.filter((l) => l.conventionId === conventionId).map((l) => l.territoireId);
      return { dispositif, territoireIds, pour: 'CONTINUER' as const, commenceLe: deposeeLe ?? creeLe };
    });
    const decisions = await this.activations.deciderTous(em, departementId, demandes, ['input', 'versementId']);
    return versements.map((versement, rang) => {
      const { dispositif, structureId, etat } = versement;
      const territoireIds = demandes[rang]?.territoireIds ?? [];
      return {
        versement,
        objet: { dispositif, structureId, etat, territoireIds },
        situation: { etat, continuer: decisions[rang] as Decision },
      };
    });
  }
}
