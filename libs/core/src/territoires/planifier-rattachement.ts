import { Periode, type DateCivile, type TerritoireId } from '@sillage/kernel';

export const STATUTS_RATTACHEMENT = ['PROPOSITION', 'CONFIRME'] as const;
export type StatutRattachement = (typeof STATUTS_RATTACHEMENT)[number];

/** A commune belongs to a territory from `du` to `au`, both included; `au` null: until further notice. */
export interface Rattachement {
  id: string;
  territoireId: TerritoireId;
  du: DateCivile;
  au: DateCivile | null;
  statut: StatutRattachement;
}

export interface DemandeRattachement {
  territoireId: TerritoireId;
  /** First day of the new territory. */
  du: DateCivile;
}

/** What to write so that a demand holds; `INCHANGE` when it holds already. */
export type PlanRattachement =
  | { geste: 'INCHANGE'; id: string }
  /** The period that began that very day was wrong from its first day: it is corrected, not split. */
  | { geste: 'CORRIGER'; id: string }
  | {
      geste: 'OUVRIR';
      fermer: { id: string; au: DateCivile } | null;
      ouvrir: { du: DateCivile; au: DateCivile | null };
    };

/**
 * Decides how to attach a commune to a territory from a date (AMB-139). The period in force that day is closed on the
 * eve and a new one opens, which lasts as long as the former would have: a change already recorded for a later date is
 * another decision, and stays. History before the date never moves, and every day that had a territory keeps exactly one.
 * @param existants the periods of that commune, in any order, which do not overlap
 */
export function planifierRattachement(
  existants: readonly Rattachement[],
  { territoireId, du }: DemandeRattachement,
): PlanRattachement {
  const enVigueur = existants.find((r) => Periode.de(r.du, r.au).contient(du));
  if (enVigueur === undefined) {
    const suivants = existants.map((r) => r.du).filter((d) => d.since(du).days > 0);
    const prochain = suivants.sort((a, b) => a.since(b).days)[0];
    return { geste: 'OUVRIR', fermer: null, ouvrir: { du, au: prochain?.subtract({ days: 1 }) ?? null } };
  }
  if (enVigueur.territoireId === territoireId && enVigueur.statut === 'CONFIRME') {
    return { geste: 'INCHANGE', id: enVigueur.id };
  }
  if (enVigueur.du.equals(du)) return { geste: 'CORRIGER', id: enVigueur.id };
  return {
    geste: 'OUVRIR',
    fermer: { id: enVigueur.id, au: du.subtract({ days: 1 }) },
    ouvrir: { du, au: enVigueur.au },
  };
}
