import { HorodatageScalaire } from '@sillage/dispositif-kit';
import { lireInstant, Refus, type Temporal } from '@sillage/kernel';
import type { Filtre } from '@sillage/read';

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

/** What has changed since an instant: the filter that every list offers. */
export const modifieDepuis: Filtre = {
  type: () => HorodatageScalaire,
  description: 'Ne rend que ce qui a changé depuis cet instant.',
  typeSql: 'timestamptz',
  sql: (l, valeur) => `${l.colonne('modifie_le')} >= ${valeur}`,
  lire: (texte: string) => lireDepuis(texte)?.toString() ?? null,
};
