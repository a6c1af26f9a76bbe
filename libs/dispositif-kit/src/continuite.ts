import { type Decision, Fraction, non, oui, type Periode, toutes } from '@sillage/kernel';
import type { Champs } from './champ.js';
import { nombreEnFrancais } from './finance/chiffre.js';
import type { ParametreResolu, Parametres } from './parametre.js';

/**
 * How long one action may be financed, from a year to the next. The porteur says which earlier candidature the action goes on from;
 * the core follows these links, counts the conventions of the whole action, and refuses beyond the first limit reached (AMB-045).
 */
export interface DeclarationContinuite<C extends Champs = Champs, P extends Parametres = Parametres> {
  /** Key of the optional text that holds the number of the earlier candidature. */
  suite: keyof C & string;
  /** Key of the text that titles an action: the same title, not declared as a sequel, is an alert. */
  titre: keyof C & string;
  /** Key of the `mois` parameter: months of financing, in all. */
  mois: keyof P & string;
  /** Key of the `entier` parameter: years in which it was granted, in all. */
  exercices: keyof P & string;
  regle: string;
}

/** One convention of an action, and the year in which it was granted. */
export interface Financement {
  readonly periode: Periode;
  readonly exercice: number;
}

/** What an action would be financed for besides; without dates yet, at least a day must be left. */
export interface FinancementPropose {
  readonly periode: Periode | null;
  readonly exercice: number;
}

/** Whether one more convention keeps an action within both limits; a year counts once however many conventions it granted. */
export function deciderContinuite({
  anterieurs,
  propose,
  mois,
  exercices,
  regle,
  chemins,
}: {
  anterieurs: readonly Financement[];
  propose: FinancementPropose;
  mois: ParametreResolu<number>;
  exercices: ParametreResolu<number>;
  regle: string;
  chemins: { mois: string[]; exercices: string[] };
}): Decision {
  const periodes = [...anterieurs, propose].flatMap(({ periode }) => periode ?? []);
  const duree = Fraction.somme(periodes.map((periode) => periode.nombreDeMois()));
  const reste = Fraction.de(BigInt(mois.valeur)).moins(duree);
  const tient = propose.periode === null ? reste.comparer(Fraction.ZERO) > 0 : !reste.estNegative();
  const annees = [...new Set([...anterieurs, propose].map(({ exercice }) => exercice))].sort((a, b) => a - b);
  return toutes(
    tient
      ? oui()
      : non({
          code: 'DUREE_SUPERIEURE_AU_MAXIMUM',
          message: `Une même action est financée ${mois.cite.valeur} au plus, toutes conventions cumulées : ${nombreEnFrancais(duree)} mois ${propose.periode === null ? 'le sont déjà' : 'le seraient'}.`,
          regle,
          chemin: chemins.mois,
        }),
    annees.length <= exercices.valeur
      ? oui()
      : non({
          code: 'REGLE_NON_RESPECTEE',
          message: `Une même action est financée sur ${exercices.cite.valeur} au plus : elle le serait sur ${annees.join(', ')}.`,
          regle,
          chemin: chemins.exercices,
        }),
  );
}
