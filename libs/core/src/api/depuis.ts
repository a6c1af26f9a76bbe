import { lireInstant, Refus, type Temporal } from '@sillage/kernel';

/** Years of four digits: PostgreSQL reads no other as we write them. */
const ANNEE_MIN = 1000;
const ANNEE_MAX = 9999;

/** The instant of `updatedSince`, or null when it is not given. @throws Refus VALEUR_INVALIDE */
export function lireDepuis(texte: string | null | undefined): Temporal.Instant | null {
  if (!texte) return null;
  const instant = lire(texte);
  const { year } = instant.toZonedDateTimeISO('UTC');
  if (year >= ANNEE_MIN && year <= ANNEE_MAX) return instant;
  throw refus(`Cet instant est hors du calendrier : donnez une année de ${ANNEE_MIN} à ${ANNEE_MAX}.`);
}

function lire(texte: string): Temporal.Instant {
  try {
    return lireInstant(texte);
  } catch (erreur) {
    throw refus((erreur as Error).message);
  }
}

function refus(message: string): Refus {
  return Refus.de('VALEUR_INVALIDE', message, { path: ['updatedSince'] });
}
