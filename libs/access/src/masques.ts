import type { ContexteActeur } from './acteur.js';
import { peut } from './droits.js';
import type { ObjetProtege } from './droits.js';
import type { Sujet } from './vocabulaire.js';

/** Whether the actor may see what names a person on this row: a right of its own, that reading does not give (TRANS-30). */
export function peutVoirNominatif(contexte: ContexteActeur, sujet: Sujet, objet: ObjetProtege): boolean {
  return peut(contexte, 'lireNominatif', sujet, objet);
}

/** A copy in which these fields are `null`; the original keeps its values. */
export function masquerChamps<T extends object, C extends keyof T>(
  valeur: T,
  champs: readonly C[],
): Omit<T, C> & Record<C, T[C] | null> {
  const masques = Object.fromEntries(champs.map((champ) => [champ, null])) as Record<C, null>;
  return { ...valeur, ...masques };
}

/** The row as this actor may see it: as it is, or with its nominative fields masked. */
export function masquer<T extends object, C extends keyof T>(
  contexte: ContexteActeur,
  sujet: Sujet,
  objet: ObjetProtege,
  valeur: T,
  nominatifs: readonly C[],
): T | (Omit<T, C> & Record<C, T[C] | null>) {
  return peutVoirNominatif(contexte, sujet, objet) ? valeur : masquerChamps(valeur, nominatifs);
}
