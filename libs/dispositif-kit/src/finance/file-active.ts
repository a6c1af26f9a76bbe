import { type DateCivile, dateEnFrancais, type Decision, Fraction, non, oui, type Periode } from '@sillage/kernel';
import { champ, type Champ } from '../champ.js';
import type { DeclarationQuantite, Quantite, Quantites } from '../quantites.js';
import { type Chiffre, nombreEnFrancais } from './chiffre.js';
import { moisDeLaConvention } from './mois.js';

/** A line a month: how many days of accompaniment, all young people together (AMB-172). */
export interface MoisDeFileActive {
  readonly mois: DateCivile;
  readonly joursAccompagnement: number;
}

/** The table that a bilan asks for. */
export function champFileActive(regle: string): Champ<readonly MoisDeFileActive[], true> {
  return champ.lignes(
    {
      mois: champ.date({ libelle: 'Premier jour du mois', regle: 'AMB-180' }),
      joursAccompagnement: champ.entier({
        libelle: 'Jours d’accompagnement du mois, tous jeunes confondus',
        unite: 'jours',
        regle: 'AMB-172',
      }),
    },
    {
      libelle: 'File active, mois par mois',
      aide: 'Une ligne par mois de la convention, compté depuis son premier jour, même sans jeune.',
      min: 1,
      max: 24,
      regle,
    },
  );
}

/** How a dispositif declares it among its `quantites`, under this name: from `fileActive` of the bilan, or from confirmed reports. */
export function quantiteFileActive<const K extends string = never>(
  regle: string,
  suivi?: { source: K; nom: string },
): { joursAccompagnement: DeclarationQuantite<K> } {
  return {
    joursAccompagnement: {
      libelle: 'Jours d’accompagnement, mois par mois',
      regle,
      bilan: { lignes: 'fileActive', mois: 'mois', valeur: 'joursAccompagnement' },
      ...(suivi ? { suivi: { ...suivi, champ: 'joursAccompagnement' } } : {}),
    },
  };
}

interface ContexteFileActive {
  quantites: Quantites;
  periode: Periode;
}

interface ControleFileActive<X = unknown> {
  regle: string;
  libelle: string;
  decider(contexte: ContexteFileActive & X): Decision;
}

/** AMB-180: every month of the convention once, and no other, since one left out would change the mean unseen. */
export function fileActiveComplete(regle: string): ControleFileActive {
  return {
    regle,
    libelle: 'La file active dit chaque mois de la convention, une fois',
    decider({ quantites, periode }) {
      const attendus = moisDeLaConvention(periode).map(({ du }) => du);
      const saisis = joursDe(quantites)
        .map(({ du }) => du?.toString())
        .sort();
      if (saisis.length === attendus.length && saisis.every((jour, rang) => jour === attendus[rang]?.toString()))
        return oui();
      return non({
        code: 'REGLE_NON_RESPECTEE',
        message: `La file active tient une ligne par mois de la convention, datée de son premier jour : ${attendus.map(dateEnFrancais).join(', ')}.`,
        regle,
        chemin: ['bilan', 'fileActive'],
      });
    },
  };
}

/** AMB-172: a young person has at most the days of the month, and nobody has none; `jeunes` is the field that counts them in all. */
export function fileActivePossible<const K extends string>(
  jeunes: K,
): ControleFileActive<{ bilan: Readonly<Record<K, number>> }> {
  const regle = 'AMB-172';
  return {
    regle,
    libelle: 'Pas plus de jours que les jeunes n’en ont ensemble dans le mois',
    decider({ quantites, periode, bilan }) {
      const nombre = BigInt(bilan[jeunes]);
      const deTrop = moisDeLaConvention(periode).flatMap(({ du, jours }) =>
        joursDe(quantites)
          .filter((quantite) => quantite.du?.equals(du) && BigInt(quantite.nombre) > nombre * jours)
          .map((quantite) => `${quantite.nombre} pour le mois du ${dateEnFrancais(du)}, ${nombre * jours} au plus`),
      );
      if (deTrop.length === 0) return oui();
      return non({
        code: 'REGLE_NON_RESPECTEE',
        message: `Plus de jours d’accompagnement que les jeunes accompagnés (${nombre}) n’en ont ensemble : ${deTrop.join(' ; ')}.`,
        regle,
        chemin: ['bilan', 'fileActive'],
      });
    },
  };
}

/** The places really held, on average: each month of the convention weighs the same (AMB-172, AMB-180). */
export function fileActiveMoyenne({ quantites, periode, regle }: ContexteFileActive & { regle: string }): Chiffre {
  const mois = moisDeLaConvention(periode).map(({ du, jours }) => {
    const saisi = joursDe(quantites).find((quantite) => quantite.du?.equals(du))?.nombre ?? 0;
    return { du, jours, saisi, places: Fraction.de(BigInt(saisi), jours) };
  });
  const valeur = Fraction.somme(mois.map(({ places }) => places)).divise(Fraction.de(BigInt(mois.length)));
  return {
    valeur,
    explication: {
      libelle: 'File active moyenne',
      resultat: `${nombreEnFrancais(valeur)} places`,
      formule: 'moyenne des mois de la convention, chacun : jours d’accompagnement / jours du mois',
      regle,
      interpretation: 'AMB-172',
      entrees: mois.map(({ du, jours, saisi }) => ({
        nom: `Mois du ${dateEnFrancais(du)}`,
        valeur: `${saisi} jours d’accompagnement / ${jours} jours`,
      })),
    },
  };
}

function joursDe({ joursAccompagnement = [] }: Quantites): readonly Quantite[] {
  return joursAccompagnement;
}
