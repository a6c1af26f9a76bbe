import { ajouterMois, type DateCivile } from '@sillage/kernel';

/** What is known of a person whom nobody follows any more. */
export interface PersonneSuivie {
  readonly dernierContact: DateCivile;
  readonly archivee: boolean;
}

/** In months, after the last contact then after the archiving. */
export interface DureesDeConservation {
  readonly active: number;
  readonly archive: number;
}

export type NatureConservation = 'ARCHIVER' | 'EFFACER';

export interface Proposition {
  readonly nature: NatureConservation;
  /** First day when it is due. */
  readonly echeance: DateCivile;
}

/** What the duration of conservation asks for a person that day, or nothing yet (AMB-165). */
export function proposer(
  { dernierContact, archivee }: PersonneSuivie,
  { active, archive }: DureesDeConservation,
  aujourdhui: DateCivile,
): Proposition | null {
  const fin = ajouterMois(dernierContact, archivee ? active + archive : active).add({ days: 1 });
  if (fin.toString() > aujourdhui.toString()) return null;
  return { nature: archivee ? 'EFFACER' : 'ARCHIVER', echeance: fin };
}

/** Of a person known to several dispositifs, the longest of each (AMB-198). */
export function laPlusLongue(durees: readonly DureesDeConservation[]): DureesDeConservation {
  return {
    active: Math.max(...durees.map(({ active }) => active)),
    archive: Math.max(...durees.map(({ archive }) => archive)),
  };
}
