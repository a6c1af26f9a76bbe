import { ajouterJours, ajouterMois, dateEnFrancais, type DateCivile, type Explication } from '@sillage/kernel';
import type { DeclarationEcheance } from './dispositif.js';
import { type Parametre, resoudre, type Surcharge } from './parametre.js';

export interface EcheanceCalculee {
  date: DateCivile;
  explication: Explication;
}

/**
 * The last day, inclusive, of a declared deadline: calendar days or months after the event (AMB-055, AMB-056).
 * The delay is the parameter's value on the day of the event.
 */
export function calculerEcheance(
  echeance: DeclarationEcheance,
  parametres: Readonly<Record<string, Parametre>>,
  depart: DateCivile,
  surcharges: readonly Surcharge[],
): EcheanceCalculee {
  const declare = parametres[echeance.dans] as Parametre<number> | undefined;
  if (declare === undefined)
    throw new Error(`L'échéance ${echeance.code} cite un paramètre inconnu : ${echeance.dans}.`);
  const delai = resoudre(echeance.dans, declare, depart, surcharges);
  const enMois = declare.genre === 'mois';
  const date = enMois ? ajouterMois(depart, delai.valeur) : ajouterJours(depart, delai.valeur, 'calendaires');
  return {
    date,
    explication: {
      libelle: echeance.libelle,
      resultat: dateEnFrancais(date),
      formule: enMois ? 'date de départ + mois, ramenés au dernier jour du mois' : 'date de départ + jours calendaires',
      regle: echeance.regle,
      interpretation: enMois ? 'AMB-055' : 'AMB-056',
      entrees: [{ nom: echeance.depuis, valeur: dateEnFrancais(depart) }],
      parametres: [delai.cite],
    },
  };
}
