import { type Chiffre, type ContexteBilan, moisDeLaConvention, nombreEnFrancais } from '@sillage/dispositif-kit';
import { dateEnFrancais, type Decision, Fraction, non, oui } from '@sillage/kernel';
import type { champsBilan } from './bilan.champs.js';
import type { champsCandidature, termesConvention } from './candidature.champs.js';
import type { parametres } from './parametres.js';

export type ContexteDuBilan = ContexteBilan<
  typeof champsCandidature,
  typeof termesConvention,
  typeof parametres,
  typeof champsBilan
>;

/** What counts as accompaniments done: the mean active file, or the young people in all (AMB-080). */
export function accompagnementsRealises({ bilan, periode, parametres }: ContexteDuBilan): Chiffre {
  const { mesureQuantite } = parametres;
  if (mesureQuantite.valeur === 'CUMUL') {
    return {
      valeur: Fraction.de(BigInt(bilan.jeunesAccompagnes)),
      explication: {
        libelle: 'Jeunes accompagnés, en cumul',
        resultat: `${bilan.jeunesAccompagnes} jeunes`,
        regle: 'ASE-IND-01',
        interpretation: 'AMB-080',
        parametres: [mesureQuantite.cite],
      },
    };
  }
  const mois = moisDeLaConvention(periode).map(({ du, jours }) => {
    const saisi = bilan.fileActive.find((ligne) => ligne.mois.equals(du))?.joursAccompagnement ?? 0;
    return { du, jours, saisi, places: Fraction.de(BigInt(saisi), jours) };
  });
  const valeur = Fraction.somme(mois.map(({ places }) => places)).divise(Fraction.de(BigInt(mois.length)));
  return {
    valeur,
    explication: {
      libelle: 'File active moyenne',
      resultat: `${nombreEnFrancais(valeur)} places`,
      formule: 'moyenne des mois de la convention, chacun : jours d’accompagnement / jours du mois',
      regle: 'ASE-IND-01',
      interpretation: 'AMB-172',
      entrees: [
        ...mois.map(({ du, jours, saisi }) => ({
          nom: `Mois du ${dateEnFrancais(du)}`,
          valeur: `${saisi} jours d’accompagnement / ${jours} jours`,
        })),
        { nom: 'Pour mémoire, jeunes en cumul', valeur: `${bilan.jeunesAccompagnes}` },
      ],
      parametres: [mesureQuantite.cite],
    },
  };
}

/** AMB-180: every month of the convention once, and no other, since one left out would change the mean unseen. */
export function tousLesMois({ bilan, periode }: ContexteDuBilan): Decision {
  const attendus = moisDeLaConvention(periode).map(({ du }) => du.toString());
  const saisis = bilan.fileActive.map(({ mois }) => mois.toString()).sort();
  if (saisis.length === attendus.length && saisis.every((jour, rang) => jour === attendus[rang])) return oui();
  return non({
    code: 'REGLE_NON_RESPECTEE',
    message: `La file active tient une ligne par mois de la convention, datée de son premier jour : ${attendus.join(', ')}.`,
    regle: 'ASE-IND-01',
    chemin: ['bilan', 'fileActive'],
  });
}
