import type { ObjetProtege } from '@sillage/access';
import { type Dispositif, RegistreDispositifs } from '@sillage/dispositif-kit';
import type { Decision, Role } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { ActivationService } from '../activations/index.js';
import { Candidature } from '../candidatures/candidature.entity.js';
import { Convention, ConventionTerritoire } from '../conventions/convention.entity.js';
import { Bilan } from './bilan.entity.js';
import type { SituationBilan } from './bilan.policy.js';

/** A convention with its bilan, if it has one, and what rights and decisions on it depend on. */
export interface BilanSitue {
  readonly bilan: Bilan | null;
  readonly convention: Convention;
  readonly candidature: Candidature;
  readonly dispositif: Dispositif | undefined;
  readonly objet: Required<ObjetProtege>;
  readonly situation: SituationBilan;
  /** Who may examine it: the siège, and the services whose opinion the dispositif asks. */
  readonly services: readonly Role[];
}

/** Gathers what a gesture on a bilan depends on. Runs in the caller's transaction. */
@Injectable()
export class SituationsBilan {
  constructor(
    private readonly registre: RegistreDispositifs,
    private readonly activations: ActivationService,
  ) {}

  /** Conventions of one département, in their order: a fixed number of statements whatever their count. */
  async situer(em: EntityManager, conventions: readonly Convention[]): Promise<BilanSitue[]> {
    const [premiere] = conventions;
    if (premiere === undefined) return [];
    const { departementId } = premiere;
    const conventionId = In(conventions.map((c) => c.id));
    const bilans = await em.findBy(Bilan, { departementId, conventionId });
    const candidatures = await em.findBy(Candidature, {
      departementId,
      id: In(conventions.map((c) => c.candidatureId)),
    });
    const liens = await em.findBy(ConventionTerritoire, { departementId, conventionId });
    const demandes = conventions.map(({ id, dispositif, candidatureId }) => {
      const { deposeeLe, creeLe } = candidatures.find((c) => c.id === candidatureId) as Candidature;
      const territoireIds = liens.filter((l) => l.conventionId === id).map((l) => l.territoireId);
      return { dispositif, territoireIds, pour: 'CONTINUER' as const, commenceLe: deposeeLe ?? creeLe };
    });
    const continuer = await this.activations.deciderTous(em, departementId, demandes, ['input', 'bilanId']);
    return conventions.map((convention, rang) => {
      const bilan = bilans.find((b) => b.conventionId === convention.id) ?? null;
      const dispositif = this.registre.trouver(convention.dispositif);
      return {
        bilan,
        convention,
        candidature: candidatures.find((c) => c.id === convention.candidatureId) as Candidature,
        dispositif,
        objet: {
          dispositif: convention.dispositif,
          structureId: convention.structureId,
          territoireIds: demandes[rang]?.territoireIds ?? [],
          etat: bilan?.etat ?? '',
        },
        situation: {
          etat: bilan?.etat ?? null,
          conventionSignee: convention.etat === 'SIGNEE',
          du: convention.du,
          remisPar: bilan?.remisPar ?? null,
          continuer: continuer[rang] as Decision,
        },
        services: ['SIEGE', ...(dispositif?.candidature.avis ?? [])],
      };
    });
  }
}
