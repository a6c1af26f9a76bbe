import { HorodatageScalaire } from '@sillage/dispositif-kit';
import { lireInstant, Refus, type Temporal } from '@sillage/kernel';
import type { Filtre, Ligne } from '@sillage/read';

/** Years of four digits: PostgreSQL reads no other as we write them. */
const ANNEE_MIN = 1000;
const ANNEE_MAX = 9999;

/** The instant of `updatedSince`. @throws Refus VALEUR_INVALIDE */
export function lireDepuis(texte: string): Temporal.Instant {
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

/** What has changed since an instant: the filter that every list offers. @param quand SQL of the last change of a row */
export function changeDepuis(quand: (ligne: Ligne) => string): Filtre {
  return {
    type: () => HorodatageScalaire,
    description: 'Ne rend que ce qui a changé depuis cet instant.',
    typeSql: 'timestamptz',
    sql: (l, valeur) => `${quand(l)} >= ${valeur}`,
    lire: (texte: string) => lireDepuis(texte).toString(),
  };
}

/** The same, of rows that say when they changed last. */
export const modifieDepuis = changeDepuis((l) => l.colonne('modifie_le'));
