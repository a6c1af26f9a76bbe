import { type Explication, Fraction, Montant } from '@sillage/kernel';
import type { MontantExplique } from '../dispositif.js';

/** An exact figure, not rounded yet, and how it came about: what a payment is built from. */
export interface Chiffre {
  valeur: Fraction;
  explication: Explication;
}

/** What an explanation says of the one rounding (AMB-104, AMB-169). */
export const ARRONDI = 'Au centime, demi-supérieur, une seule fois (AMB-104, AMB-169)';

/** The one rounding of a payment, on its last figure. */
export function arrondir({ valeur, explication }: Chiffre): MontantExplique {
  const montant = Montant.arrondir(valeur);
  return { montant, explication: { ...explication, resultat: montant.enFrancais(), arrondi: ARRONDI } };
}

/** A known amount, as a figure of a computation. */
export function enChiffre(montant: Montant, libelle: string, regle?: string): Chiffre {
  return {
    valeur: montant.enFraction(),
    explication: { libelle, resultat: montant.enFrancais(), ...(regle === undefined ? {} : { regle }) },
  };
}

/** The line that a figure adds under another: none when it was read as it is, since its value says it all. */
export function detail({ explication }: Chiffre): Explication[] {
  return explication.formule === undefined ? [] : [explication];
}

/** The sum of some figures, each a line of its explanation. */
export function additionner(
  { libelle, regle, formule }: { libelle: string; regle: string; formule: string },
  chiffres: readonly Chiffre[],
): Chiffre {
  const valeur = Fraction.somme(chiffres.map((chiffre) => chiffre.valeur));
  return {
    valeur,
    explication: {
      libelle,
      resultat: eurosExacts(valeur),
      formule,
      regle,
      lignes: chiffres.map((chiffre) => chiffre.explication),
    },
  };
}

/** '866,67 €' and, when cents do not say it all, the exact value that the computation goes on with. */
export function eurosExacts(valeur: Fraction): string {
  const centimes = Montant.arrondir(valeur);
  const exact = centimes.enFraction().comparer(valeur) === 0;
  return exact ? centimes.enFrancais() : `${centimes.enFrancais()} (avant arrondi : ${valeur.toString()} €)`;
}

/** '80 %', or '83,33 % (5/6)' when no decimal says it exactly. */
export function tauxEnFrancais(taux: Fraction): string {
  const pourcents = taux.fois(Fraction.de(100n));
  const decimal = pourcents.enDecimal();
  if (!decimal.includes('/')) return `${decimal.replace('.', ',')} %`;
  return `${Montant.arrondir(pourcents).toString().replace('.', ',')} % (${taux.toString()})`;
}

/** '24', '1,5', or '24,33 (73/3)' when no decimal says it exactly. */
export function nombreEnFrancais(nombre: Fraction): string {
  const decimal = nombre.enDecimal();
  if (!decimal.includes('/')) return decimal.replace('.', ',');
  return `${Montant.arrondir(nombre).toString().replace('.', ',')} (${nombre.toString()})`;
}
