import {
  arrondir,
  type Chiffre,
  type ContexteConvention,
  type MontantExplique,
  plafondParUnite,
} from '@sillage/dispositif-kit';
import type { termesConvention } from './candidature.champs.js';
import type { parametres } from './parametres.js';

type Contexte = Omit<ContexteConvention<typeof termesConvention, typeof parametres>, 'montant'>;

/** ASE-FIN-01: 52 000 EUR x ETP, all charges included, by month below twelve (AMB-082). */
export function plafondConvention(contexte: Contexte): MontantExplique {
  return arrondir(plafondEtp(contexte));
}

/** The same cap before rounding, for the balance. */
export function plafondEtp({ termes, periode, parametres }: Contexte): Chiffre {
  return plafondParUnite({
    libelle: 'Plafond de la participation du Département',
    parUnite: parametres.plafondParEtp,
    quantite: termes.etp,
    unite: 'ETP conventionnés',
    periode,
    prorata: parametres.prorataPlafond,
    regle: 'ASE-FIN-01',
    interpretation: 'AMB-082',
  });
}
