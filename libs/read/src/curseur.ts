import { Refus } from '@sillage/kernel';
import type { Ligne, Ordre } from './declaration.js';

/** SQL of the cursor of a row: where it stands in its list. Opaque, and good for that list alone. */
export function curseurSql(liste: string, ligne: Ligne, { colonnes }: Ordre): string {
  const cles = [...colonnes.map(({ nom }) => ligne.colonne(nom)), ligne.colonne('id')];
  const json = `json_build_array('${liste}', ${cles.map((cle) => `${cle}::text`).join(', ')})`;
  return `translate(encode(convert_to(${json}::text, 'UTF8'), 'base64'), E'+/=\\n', '-_')`;
}

const FORMES: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  integer: /^-?\d{1,9}$/,
};

/**
 * The keys behind a cursor, the id last.
 * @throws Refus CURSEUR_INVALIDE when it is not one of this list's
 */
export function lireCurseur(liste: string, { colonnes }: Ordre, curseur: string, champ: string): string[] {
  const types = [...colonnes.map(({ type }) => type), 'uuid'];
  const [nom, ...cles] = decoder(curseur);
  const bonnes =
    nom === liste &&
    cles.length === types.length &&
    cles.every((cle, rang) => (FORMES[types[rang] ?? ''] ?? SANS_ZERO).test(cle) && estLisible(cle, types[rang]));
  if (bonnes) return cles;
  throw Refus.de('CURSEUR_INVALIDE', 'Ce curseur n’est pas l’un de cette liste : reprenez celui de « pageInfo ».', {
    path: [champ],
  });
}

/** Text that PostgreSQL can hold. */
const SANS_ZERO = /^[^\0]*$/u;

function estLisible(cle: string, type: string | undefined): boolean {
  return type !== 'date' || !Number.isNaN(Date.parse(cle));
}

function decoder(curseur: string): string[] {
  try {
    const lu: unknown = JSON.parse(Buffer.from(curseur, 'base64url').toString('utf8'));
    return Array.isArray(lu) && lu.every((cle) => typeof cle === 'string') ? lu : [];
  } catch {
    return [];
  }
}
