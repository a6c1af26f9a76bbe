import type { ContexteConvention, MontantExplique } from '@sillage/dispositif-kit';
import { dateEnFrancais, type Explication, Fraction, Montant } from '@sillage/kernel';
import type { termesConvention } from './candidature.champs.js';
import type { parametres } from './parametres.js';

type Contexte = Omit<ContexteConvention<typeof termesConvention, typeof parametres>, 'montant'>;

/** ASE-FIN-01: 52 000 EUR x ETP, all charges included, by month below twelve (AMB-082). */
export function plafondConvention({ termes, periode, parametres }: Contexte): MontantExplique {
  const { plafondParEtp, prorataPlafond } = parametres;
  const pourDouzeMois = plafondParEtp.valeur.enFraction().fois(termes.etp);
  const mois = periode.nombreDeMois();
  const prorata = prorataPlafond.valeur === 'MENSUEL' ? auPlusUn(mois.divise(Fraction.de(12n))) : Fraction.de(1n);
  const montant = Montant.arrondir(pourDouzeMois.fois(prorata));
  const lignes: Explication[] = [
    {
      libelle: 'Plafond pour douze mois',
      resultat: Montant.arrondir(pourDouzeMois).enFrancais(),
      formule: 'plafond par ETP × ETP conventionnés',
      regle: 'ASE-FIN-01',
      entrees: [{ nom: 'ETP conventionnés', valeur: termes.etp.enDecimal() }],
      parametres: [plafondParEtp.cite],
    },
    {
      libelle: 'Part de l’année conventionnée',
      resultat: prorata.toString(),
      formule: 'mois conventionnés / 12, au plus 1',
      regle: 'ASE-FIN-01',
      interpretation: 'AMB-082',
      entrees: [
        { nom: 'Début', valeur: dateEnFrancais(periode.du) },
        { nom: 'Fin', valeur: periode.au === null ? 'sans fin' : dateEnFrancais(periode.au) },
        { nom: 'Mois conventionnés', valeur: mois.toString() },
      ],
      parametres: [prorataPlafond.cite],
    },
  ];
  return {
    montant,
    explication: {
      libelle: 'Plafond de la participation du Département',
      resultat: montant.enFrancais(),
      formule: 'plafond pour douze mois × part de l’année conventionnée',
      regle: 'ASE-FIN-01',
      arrondi: 'Au centime, demi-supérieur, une seule fois (AMB-104, AMB-169)',
      lignes,
    },
  };
}

function auPlusUn(fraction: Fraction): Fraction {
  const un = Fraction.de(1n);
  return fraction.comparer(un) > 0 ? un : fraction;
}
