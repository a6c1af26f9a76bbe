import type { DateCivile } from '@sillage/kernel';
import { parametre, type Parametre } from './parametre.js';

interface Operation {
  /** Its first day, then its last one, included. */
  debut: string;
  fin: string;
  /** How many months a convention of it may last. */
  dureeMax: number;
  /** The rule of the text that dates it. */
  regle: string;
}

/** The operation that a text dates, under the keys that `dansLOperation` and `convention.dureeMax` cite. */
export function parametresDeLOperation(
  du: string,
  { debut, fin, dureeMax, regle }: Operation,
): { dureeMax: Parametre<number>; debutOperation: Parametre<DateCivile>; finOperation: Parametre<DateCivile> } {
  return {
    dureeMax: parametre.mois([{ du, valeur: dureeMax }], { libelle: 'Durée la plus longue d’une convention', regle }),
    debutOperation: parametre.date([{ du, valeur: debut }], { libelle: 'Premier jour de l’opération', regle }),
    finOperation: parametre.date([{ du, valeur: fin }], { libelle: 'Dernier jour de l’opération', regle }),
  };
}
