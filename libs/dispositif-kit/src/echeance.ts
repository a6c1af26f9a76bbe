import {
  ajouterJours,
  ajouterMois,
  anniversaire,
  dateEnFrancais,
  type DateCivile,
  type Explication,
} from '@sillage/kernel';
import type { DeclarationEcheance, FormeEcheance } from './dispositif.js';
import { type Parametre, resoudre, type Surcharge } from './parametre.js';

export interface EcheanceCalculee {
  date: DateCivile;
  explication: Explication;
}

/**
 * The last day, inclusive, of a declared deadline: calendar days or months after the event (AMB-055, AMB-056), or as `forme` says.
 * The delay is the parameter's value on the day of the event, or on `le`: a birth is long past when the ages of a text begin.
 */
export function calculerEcheance(
  echeance: DeclarationEcheance,
  parametres: Readonly<Record<string, Parametre>>,
  depart: DateCivile,
  surcharges: readonly Surcharge[],
  le: DateCivile = depart,
): EcheanceCalculee {
  const declare = parametres[echeance.dans] as Parametre<number> | undefined;
  if (declare === undefined)
    throw new Error(`L'échéance ${echeance.code} cite un paramètre inconnu : ${echeance.dans}.`);
  const delai = resoudre(echeance.dans, declare, le, surcharges);
  const forme = FORMES[echeance.forme ?? (declare.genre === 'mois' ? 'MOIS' : 'JOURS')];
  const date = forme.compter(depart, delai.valeur);
  return {
    date,
    explication: {
      libelle: echeance.libelle,
      resultat: dateEnFrancais(date),
      formule: forme.formule,
      regle: echeance.regle,
      interpretation: forme.interpretation,
      entrees: [{ nom: echeance.depuis, valeur: dateEnFrancais(depart) }],
      parametres: [delai.cite],
    },
  };
}

interface Forme {
  compter(depart: DateCivile, delai: number): DateCivile;
  formule: string;
  interpretation: string;
}

const FORMES: Readonly<Record<FormeEcheance | 'MOIS' | 'JOURS', Forme>> = {
  MOIS: {
    compter: ajouterMois,
    formule: 'date de départ + mois, ramenés au dernier jour du mois',
    interpretation: 'AMB-055',
  },
  JOURS: {
    compter: (depart, delai) => ajouterJours(depart, delai, 'calendaires'),
    formule: 'date de départ + jours calendaires',
    interpretation: 'AMB-056',
  },
  DERNIER_JOUR: {
    compter: (depart, delai) => ajouterMois(depart, delai).subtract({ days: 1 }),
    formule: 'date de départ + mois − 1 jour',
    interpretation: 'AMB-055',
  },
  JOUR_DU_MOIS_SUIVANT: {
    compter: jourDuMoisSuivant,
    formule: 'jour du mois qui suit celui de la date de départ',
    interpretation: 'AMB-055',
  },
  ANNIVERSAIRE: {
    compter: anniversaire,
    formule: 'jour de l’anniversaire, le 1er mars pour un 29 février les années communes',
    interpretation: 'AMB-030',
  },
};

/** A day of the next month; one that it lacks is its last one (AMB-055). */
export function jourDuMoisSuivant(depart: DateCivile, jour: number): DateCivile {
  return ajouterMois(depart.with({ day: 1 }), 1).with({ day: jour }, { overflow: 'constrain' });
}
