import { Refus } from '@sillage/kernel';
import type { Ligne, Ordre, TypeDOrdre } from './declaration.js';

/** SQL of the cursor of a row: where it stands in its list. Opaque, and good for that list alone. */
export function curseurSql(liste: string, ligne: Ligne, { colonnes }: Ordre): string {
  const cles = [...colonnes.map(({ nom }) => ligne.colonne(nom)), ligne.colonne('id')];
  const json = `json_build_array('${liste}', ${cles.map((cle) => `${cle}::text`).join(', ')})`;
  return `translate(encode(convert_to(${json}::text, 'UTF8'), 'base64'), E'+/=\\n', '-_')`;
}

/**
 * The keys behind a cursor, the id last.
 * @param types what each is, in order
 * @throws Refus CURSEUR_INVALIDE when it is not one of this list's
 */
export function lireCurseur(liste: string, types: readonly TypeDOrdre[], curseur: string, champ: string): string[] {
  const [nom, ...cles] = decoder(curseur);
  const bonnes =
    nom === liste &&
    cles.length === types.length &&
    types.every((type, rang) => {
      const cle = cles[rang];
      return cle !== undefined && ADMIS[type](cle);
    });
  if (bonnes) return cles;
  throw Refus.de('CURSEUR_INVALIDE', 'Ce curseur n’est pas l’un de cette liste : reprenez celui de « pageInfo ».', {
    path: [champ],
  });
}

const JOUR = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2}) ([01]\d|2[0-3])(:[0-5]\d){2}(\.\d{1,6})?[+-](0\d|1[0-4])(:[0-5]\d){0,2}$/;

/** Keys that PostgreSQL reads, as it writes them itself. */
const ADMIS: Readonly<Record<TypeDOrdre, (cle: string) => boolean>> = {
  text: (cle) => cle.isWellFormed() && !cle.includes('\0'),
  date: estUnJour,
  timestamptz: (cle) => estUnJour(INSTANT.exec(cle)?.[1] ?? ''),
  integer: (cle) => /^-?\d{1,10}$/.test(cle) && Number(cle) === (Number(cle) | 0),
  uuid: (cle) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cle),
};

/** Of a calendar that has no 30 February and no year 0. */
function estUnJour(texte: string): boolean {
  if (!JOUR.test(texte) || texte < '0001') return false;
  const jour = new Date(`${texte}T00:00:00Z`);
  return !Number.isNaN(jour.getTime()) && jour.toISOString().startsWith(texte);
}

function decoder(curseur: string): string[] {
  try {
    const lu: unknown = JSON.parse(Buffer.from(curseur, 'base64url').toString('utf8'));
    return Array.isArray(lu) && lu.every((cle) => typeof cle === 'string') ? lu : [];
  } catch {
    return [];
  }
}
