import type { ObjetProtege } from '@sillage/access';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { type Convention, estSignee } from '../conventions/convention.entity.js';
import { type DossierConvention, DossiersConvention } from '../conventions/dossiers-convention.js';
import { Bilan } from './bilan.entity.js';
import type { SituationBilan } from './bilan.policy.js';

/** A convention with its bilan, if it has one, and what rights and decisions on it depend on. */
export interface BilanSitue extends Pick<DossierConvention, 'candidature' | 'dispositif' | 'services'> {
  readonly bilan: Bilan | null;
  readonly convention: Convention;
  readonly objet: Required<ObjetProtege>;
  readonly situation: SituationBilan;
}

/** Gathers what a gesture on a bilan depends on. Runs in the caller's transaction. */
@Injectable()
export class SituationsBilan {
  constructor(private readonly dossiers: DossiersConvention) {}

  /** Conventions of one département, in their order: a fixed number of statements whatever their count. */
  async situer(em: EntityManager, conventions: readonly Convention[]): Promise<BilanSitue[]> {
    const [premiere] = conventions;
    if (premiere === undefined) return [];
    const { departementId } = premiere;
    const dossierDe = await this.dossiers.lire(em, conventions, ['input', 'bilanId']);
    const bilans = await em.findBy(Bilan, { departementId, conventionId: In(conventions.map((c) => c.id)) });
    return conventions.map((convention) => {
      const { id, dispositif: code, structureId, etat, au } = convention;
      const { candidature, dispositif, services, territoireIds, continuer } = dossierDe(id);
      const bilan = bilans.find((b) => b.conventionId === id) ?? null;
      return {
        bilan,
        convention,
        candidature,
        dispositif,
        services,
        objet: { dispositif: code, structureId, territoireIds, etat: bilan?.etat ?? '' },
        situation: {
          etat: bilan?.etat ?? null,
          conventionSignee: estSignee(etat),
          au,
          remisPar: bilan?.remisPar ?? null,
          continuer,
        },
      };
    });
  }
}
