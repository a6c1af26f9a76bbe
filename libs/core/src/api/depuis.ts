import { lireInstant, Refus, type Temporal } from '@sillage/kernel';

/** The instant of `updatedSince`, or null when it is not given. @throws Refus VALEUR_INVALIDE */
export function lireDepuis(texte: string | null | undefined): Temporal.Instant | null {
  if (!texte) return null;
  try {
    return lireInstant(texte);
  } catch (erreur) {
    throw Refus.de('VALEUR_INVALIDE', (erreur as Error).message, { path: ['updatedSince'] });
  }
}
