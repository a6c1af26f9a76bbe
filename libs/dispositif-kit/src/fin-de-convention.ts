import { ajouterMois, type DateCivile, dateEnFrancais, type Explication, Temporal } from '@sillage/kernel';
import { type AnneeDuPlafond, anneeDuPlafond } from './finance/plafond-annuel.js';
import { parametre, type Parametres, type ParametresResolus } from './parametre.js';

const DU = '2020-01-01';

export const NATURES_DE_FIN = {
  DENONCIATION: 'Dénonciation, pour une échéance annuelle',
  RESILIATION: 'Résiliation, pour non-respect de la convention',
} as const;
export type NatureDeFin = keyof typeof NATURES_DE_FIN;

const ECHEANCES: Readonly<Record<AnneeDuPlafond, string>> = {
  CIVILE: '31 décembre de chaque année',
  OPERATION: 'dernier jour de chaque année de la convention, comptée de son premier jour',
};

/**
 * How a convention is ended before its last day, and when its last day is announced, in every dispositif; a dispositif declares its own values under the same keys, an
 * administrator decides others from a date on.
 */
export const PARAMETRES_DE_CONVENTION = {
  denonciationPreavis: parametre.mois([{ du: DU, valeur: 2 }], {
    libelle: 'Préavis d’une dénonciation, de l’envoi du courrier à l’échéance annuelle',
    regle: 'CONV-DEL-01',
    interpretation: 'AMB-055',
  }),
  echeanceAnnuelle: parametre.choix(ECHEANCES, [{ du: DU, valeur: 'CIVILE' }], {
    libelle: 'Échéance annuelle d’une convention, pour laquelle elle se dénonce',
    regle: 'CONV-DEL-01',
    interpretation: 'AMB-034',
  }),
  resiliationDelai: parametre.mois([{ du: DU, valeur: 2 }], {
    libelle: 'Délai d’une résiliation, depuis l’envoi d’un courrier resté sans effet',
    regle: 'CONV-DEL-02',
    interpretation: 'AMB-055',
  }),
  alerteFinConvention: parametre.mois([{ du: DU, valeur: 6 }], {
    libelle: 'Alerte aux services, avant la fin d’une convention qui ne se reconduit pas',
    regle: 'CONV-CAL-03',
    interpretation: 'AMB-033',
  }),
} as const satisfies Parametres;

/** What is to be ended, and by what letter. */
export interface DemandeDeFin {
  readonly nature: NatureDeFin;
  /** Day on which the registered letter was sent: delays are counted from it, not from its receipt (AMB-034). */
  readonly envoyeeLe: DateCivile;
  /** Of the convention, both included. */
  readonly du: DateCivile;
  readonly au: DateCivile;
  readonly parametres: ParametresResolus<typeof PARAMETRES_DE_CONVENTION>;
}

/** A last day, inclusive, and how it was found. */
export interface FinCalculee {
  readonly le: DateCivile;
  readonly explication: Explication;
}

/** The rule that sets the delay of each. */
export const REGLES_DE_FIN: Readonly<Record<NatureDeFin, string>> = {
  DENONCIATION: 'CONV-DEL-01',
  RESILIATION: 'CONV-DEL-02',
};

/** The earliest last day that a letter allows; null when the convention ends by itself before it. */
export function finAuPlusTot(demande: DemandeDeFin): FinCalculee | null {
  return demande.nature === 'DENONCIATION' ? denonciation(demande) : resiliation(demande);
}

/** The yearly term that a day runs to, itself included. */
export function echeanceAnnuelle(
  jour: DateCivile,
  { du, parametres }: Pick<DemandeDeFin, 'du' | 'parametres'>,
): DateCivile {
  const annee = anneeDuPlafond(plusTard(jour, du), parametres.echeanceAnnuelle.valeur, du);
  return annee.au as DateCivile;
}

/** CONV-DEL-01: the last day to send the letter that denounces a convention for a yearly term. */
export function dernierEnvoi(echeance: DateCivile, preavisEnMois: number): DateCivile {
  return ajouterMois(echeance, -preavisEnMois);
}

function denonciation(demande: DemandeDeFin): FinCalculee | null {
  const { envoyeeLe, au, parametres } = demande;
  const { denonciationPreavis: preavis, echeanceAnnuelle: lecture } = parametres;
  let le = echeanceAnnuelle(envoyeeLe, demande);
  while (!apres(le, au) && apres(envoyeeLe, dernierEnvoi(le, preavis.valeur))) {
    le = echeanceAnnuelle(le.add({ days: 1 }), demande);
  }
  if (apres(le, au)) return null;
  return {
    le,
    explication: {
      libelle: 'Fin au plus tôt, par dénonciation',
      resultat: dateEnFrancais(le),
      formule: 'première échéance annuelle que le préavis précède',
      regle: REGLES_DE_FIN.DENONCIATION,
      interpretation: 'AMB-034',
      entrees: [
        { nom: 'Courrier envoyé le', valeur: dateEnFrancais(envoyeeLe) },
        {
          nom: 'Dernier jour d’envoi pour cette échéance',
          valeur: dateEnFrancais(dernierEnvoi(le, preavis.valeur)),
        },
      ],
      parametres: [preavis.cite, lecture.cite],
    },
  };
}

/** A convention that has not begun ends on its first day at the earliest. */
function resiliation({ envoyeeLe, du, au, parametres }: DemandeDeFin): FinCalculee | null {
  const { resiliationDelai: delai } = parametres;
  const le = plusTard(ajouterMois(envoyeeLe, delai.valeur), du);
  if (apres(le, au)) return null;
  return {
    le,
    explication: {
      libelle: 'Fin au plus tôt, par résiliation',
      resultat: dateEnFrancais(le),
      formule: 'envoi du courrier + délai en mois, ramenés au dernier jour du mois',
      regle: REGLES_DE_FIN.RESILIATION,
      interpretation: 'AMB-055',
      entrees: [{ nom: 'Courrier envoyé le', valeur: dateEnFrancais(envoyeeLe) }],
      parametres: [delai.cite],
    },
  };
}

function apres(a: DateCivile, b: DateCivile): boolean {
  return Temporal.PlainDate.compare(a, b) > 0;
}

function plusTard(a: DateCivile, b: DateCivile): DateCivile {
  return apres(a, b) ? a : b;
}
