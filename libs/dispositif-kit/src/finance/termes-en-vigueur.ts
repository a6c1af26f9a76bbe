import { type DateCivile, dateEnFrancais, Fraction, type Periode, Temporal } from '@sillage/kernel';
import { type Chiffre, nombreEnFrancais } from './chiffre.js';
import { moisDeLaConvention } from './mois.js';

interface Palier {
  readonly du: DateCivile;
  readonly valeur: Fraction;
}

/**
 * A quantity that holds over time (places, ETP), over the convention: the mean of its months, each with the terms in force on its first
 * day (AMB-190). Where no avenant changed it, it is that quantity, and its explanation a plain line.
 * @throws ErreurValeur when an avenant changed it and the period has no end.
 */
export function moyenneDesTermes<T>({
  libelle,
  unite,
  periode,
  termesSuccessifs,
  quantite,
  regle,
}: {
  libelle: string;
  /** In the plural, for users: `places`. */
  unite: string;
  periode: Periode;
  termesSuccessifs: readonly { readonly du: DateCivile; readonly termes: T }[];
  quantite: (termes: T) => Fraction;
  regle: string;
}): Chiffre {
  const enUnites = (valeur: Fraction): string => `${nombreEnFrancais(valeur)} ${unite}`;
  const paliers = sansRepetition(enEffet(termesSuccessifs.map(({ du, termes }) => ({ du, valeur: quantite(termes) }))));
  const [premier, ...suivants] = paliers;
  if (premier === undefined) throw new Error('Une convention a des termes dès son premier jour.');
  if (suivants.length === 0) {
    const { valeur } = premier;
    return { valeur, explication: { libelle, resultat: enUnites(valeur), regle } };
  }
  const mois = moisDeLaConvention(periode).map(({ du }) => enVigueur(paliers, du) ?? premier);
  const valeur = Fraction.somme(mois.map((palier) => palier.valeur)).divise(Fraction.de(BigInt(mois.length)));
  return {
    valeur,
    explication: {
      libelle: `${libelle}, en moyenne`,
      resultat: enUnites(valeur),
      formule: 'moyenne des mois de la convention, chacun selon les termes en vigueur à son premier jour',
      regle,
      interpretation: 'AMB-190',
      entrees: paliers.map((palier) => ({
        nom: `Depuis le ${dateEnFrancais(palier.du)}`,
        valeur: `${enUnites(palier.valeur)}, pour ${mois.filter((retenu) => retenu === palier).length} mois`,
      })),
    },
  };
}

/** What holds, and from when: an avenant prevails, from its day on, over all that was signed before it. */
function enEffet(signes: readonly Palier[]): Palier[] {
  return signes.reduce<Palier[]>(
    (retenus, signe) => [...retenus.filter(({ du }) => Temporal.PlainDate.compare(du, signe.du) < 0), signe],
    [],
  );
}

/** An avenant that leaves the quantity as it was says nothing of it. */
function sansRepetition(paliers: readonly Palier[]): Palier[] {
  return paliers.filter(({ valeur }, rang) => paliers[rang - 1]?.valeur.comparer(valeur) !== 0);
}

function enVigueur(paliers: readonly Palier[], jour: DateCivile): Palier | undefined {
  return paliers.findLast(({ du }) => Temporal.PlainDate.compare(du, jour) <= 0);
}
