import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The ids of rules and ambiguities that docs/regles.md defines: those that stand first in a row of its tables. */
export function reglesDuCatalogue(): ReadonlySet<string> {
  const texte = readFileSync(join(import.meta.dirname, '../../docs/regles.md'), 'utf8');
  return new Set([...texte.matchAll(/^(?:\| |- )\*{0,2}([A-Z]+(?:-[A-Z0-9]+)+)\b/gm)].map(([, id]) => id as string));
}
