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
  /** Left out where the text leaves no doubt: `max` completed years are admitted, without anybody confirming it (AMB-002). */
  borneHaute?: ParametreResolu<BorneHaute> | undefined;
}

/** Which rule admits an age, where it was given, and on which day it was taken. */
export interface MotifAge {
  regle: string;
  chemin?: string[];
  /** `le 1er mars 2027 (Entrée)` */
  quand?: string;
}

/**
 * Whether an age is admitted (TRANS-17). The year of a doubtful upper bound, when it is reached, is for a person to decide.
 * @param age completed years at the date that the rule refers to (`ageRevolu`)
 */
export function deciderAge(age: number, bornes: BornesAge, { quand, ...motif }: MotifAge): Decision {
  const [min, max, haute] = [bornes.min.valeur, bornes.max.valeur, bornes.borneHaute?.valeur];
  const dernier = haute === 'ANNIVERSAIRE' ? max - 1 : max;
  const constat = `${age} ans révolus${quand === undefined ? '' : ` ${quand}`}`;
  if (age < min || age > dernier) {
    const message = `${constat} : le public a de ${min} à ${dernier} ans révolus.`;
    return non({ ...motif, code: 'REGLE_NON_RESPECTEE', message });
  }
  if (haute === undefined || age < max) return oui();
  const message = `${constat} : c’est l’année de la borne haute, à confirmer (AMB-001).`;
  return aConfirmer({ ...motif, code: 'A_CONFIRMER', message });
}
