import type { ObjetProtege } from '@sillage/access';
import { grilleAu, itemsSansNote, type NoteDItem, type Notes, type VersionDeGrille } from '@sillage/dispositif-kit';
import type { DateCivile } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Bilan } from '../bilans/bilan.entity.js';
import { type Convention, estSignee } from '../conventions/convention.entity.js';
import { type DossierConvention, DossiersConvention } from '../conventions/dossiers-convention.js';
import { Cotation, CotationItem } from './cotation.entity.js';
import type { SituationCotation } from './cotation.policy.js';

/** A convention with its cotation, if it has one, and what rights and decisions on it depend on. */
export interface CotationSituee extends Pick<DossierConvention, 'candidature' | 'dispositif'> {
  readonly cotation: Cotation | null;
  readonly items: readonly CotationItem[];
  readonly convention: Convention;
  /** Null when the dispositif has no grid, or the convention no signature yet. */
  readonly grille: VersionDeGrille | null;
  readonly objet: Required<ObjetProtege>;
  readonly situation: SituationCotation;
}

/** Gathers what a gesture on a cotation depends on. Runs in the caller's transaction. */
@Injectable()
export class SituationsCotation {
  constructor(private readonly dossiers: DossiersConvention) {}

  /** Conventions of one département, in their order: a fixed number of statements whatever their count. */
  async situer(em: EntityManager, conventions: readonly Convention[]): Promise<CotationSituee[]> {
    const [premiere] = conventions;
    if (premiere === undefined) return [];
    const { departementId } = premiere;
    const conventionId = In(conventions.map((c) => c.id));
    const dossierDe = await this.dossiers.lire(em, conventions, ['input', 'cotationId']);
    const cotations = await em.findBy(Cotation, { departementId, conventionId });
    const tous = await em.find(CotationItem, {
      where: { departementId, cotationId: In(cotations.map(({ id }) => id)) },
      order: { id: 'ASC' },
    });
    const confirmes = await em.find(Bilan, {
      select: { departementId: true, id: true, conventionId: true },
      where: { departementId, conventionId, etat: 'CONFIRME' },
    });
    return conventions.map((convention): CotationSituee => {
      const { candidature, dispositif, territoireIds, continuer } = dossierDe(convention.id);
      const cotation = cotations.find((c) => c.conventionId === convention.id) ?? null;
      const items = tous.filter(({ cotationId }) => cotationId === cotation?.id);
      const grille = versionDe(dispositif?.grille, cotation, convention.signeeLe);
      return {
        cotation,
        items,
        convention,
        candidature,
        dispositif,
        grille,
        objet: {
          dispositif: convention.dispositif,
          structureId: convention.structureId,
          territoireIds,
          etat: cotation?.etat ?? '',
        },
        situation: {
          etat: cotation?.etat ?? null,
          conventionSignee: estSignee(convention.etat),
          sansNote: grille ? itemsSansNote(grille, notesDe(items)) : [],
          observationsJusquAu: cotation?.observationsJusquAu ?? null,
          proposeePar: cotation?.proposeePar ?? null,
          bilanConfirme: confirmes.some((bilan) => bilan.conventionId === convention.id),
          continuer,
        },
      };
    });
  }
}

function versionDe(
  grille: NonNullable<DossierConvention['dispositif']>['grille'],
  cotation: Pick<Cotation, 'grille'> | null,
  signeeLe: DateCivile | null,
): VersionDeGrille | null {
  if (grille === undefined) return null;
  if (cotation) return grille.versions.find(({ code }) => code === cotation.grille) ?? null;
  return signeeLe ? grilleAu(grille, signeeLe) : null;
}

/** The scores that items hold; those without are not scored. */
export function notesDe(items: readonly Pick<CotationItem, 'item' | 'points' | 'sousPoints'>[]): Notes {
  return Object.fromEntries(
    items.flatMap(({ item, points, sousPoints }): [string, NoteDItem][] =>
      points === null ? [] : [[item, { points, ...(sousPoints && { sousPoints }) }]],
    ),
  );
}
