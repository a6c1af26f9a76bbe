import { aConfirmer, type Decision, non, oui } from '@sillage/kernel';
import { parametre, type Parametre, type ParametreResolu, type ValeurDatee } from './parametre.js';

const BORNES = {
  INCLUSIVE: 'atteinte : jusqu’à la veille de l’anniversaire suivant',
  ANNIVERSAIRE: 'exclue : jusqu’à la veille de l’anniversaire lui-même',
} as const;

/** How far "from X to Y years" goes. */
export type BorneHaute = keyof typeof BORNES;

/** The parameter that says it: by default nobody is left out by a doubtful bound (AMB-001). */
export function parametreBorneHaute(du: string, regle: string): Parametre<BorneHaute> {
  const valeurs: (ValeurDatee & { valeur: BorneHaute })[] = [{ du, valeur: 'INCLUSIVE' }];
  return parametre.choix(BORNES, valeurs, { libelle: 'Borne haute de l’âge', regle, interpretation: 'AMB-001' });
}

/** The ages that a text admits, in completed years. */
export interface BornesAge {
  min: ParametreResolu<number>;
  max: ParametreResolu<number>;
  borneHaute: ParametreResolu<BorneHaute>;
}

/**
 * Whether an age is admitted (TRANS-17). The year of the upper bound, when it is reached, is a borderline case for a person to decide.
 * @param age completed years at the date that the rule refers to (`ageRevolu`)
 */
export function deciderAge(age: number, bornes: BornesAge, regle: string, chemin: string[]): Decision {
  const [min, max] = [bornes.min.valeur, bornes.max.valeur];
  const motif = { regle, chemin };
  const dernier = bornes.borneHaute.valeur === 'INCLUSIVE' ? max : max - 1;
  if (age < min || age > dernier) {
    return non({
      code: 'REGLE_NON_RESPECTEE',
      message: `Le public a de ${min} à ${dernier} ans révolus : ${age} ans n’y entre pas.`,
      ...motif,
    });
  }
  if (age < max) return oui();
  return aConfirmer({
    code: 'A_CONFIRMER',
    message: `${age} ans est l’année de la borne haute : à confirmer (AMB-001).`,
    ...motif,
  });
}
