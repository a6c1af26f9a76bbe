import {
  arrondir,
  type Chiffre,
  type ContexteConvention,
  type MontantExplique,
  moyenneDesTermes,
  plafondParUnite,
  type TermesEnVigueur,
} from '@sillage/dispositif-kit';
import type { termesConvention } from './candidature.champs.js';
import type { parametres } from './parametres.js';

type Contexte = Omit<ContexteConvention<typeof termesConvention, typeof parametres>, 'montant'>;

/** ASE-FIN-01: 52 000 EUR x ETP, all charges included, by month below twelve (AMB-082). */
export function plafondConvention(contexte: Contexte): MontantExplique {
  const { termes, periode } = contexte;
  return arrondir(plafondEtp({ ...contexte, termesSuccessifs: [{ du: periode.du, termes }] }));
}

/** The same cap before rounding, for the balance: by the mean ETP where avenants changed them (AMB-190). */
export function plafondEtp({
  termesSuccessifs,
  periode,
  parametres,
}: Pick<Contexte, 'periode' | 'parametres'> & {
  termesSuccessifs: readonly TermesEnVigueur<typeof termesConvention>[];
}): Chiffre {
  return plafondParUnite({
    libelle: 'Plafond de la participation du Département',
    parUnite: parametres.plafondParEtp,
    quantite: moyenneDesTermes({
      libelle: 'ETP conventionnés',
      unite: 'ETP',
      periode,
      termesSuccessifs,
      quantite: ({ etp }) => etp,
      regle: 'ASE-FIN-01',
    }),
    unite: 'ETP conventionnés',
    periode,
    prorata: parametres.prorataPlafond,
    regle: 'ASE-FIN-01',
    interpretation: 'AMB-082',
  });
}
