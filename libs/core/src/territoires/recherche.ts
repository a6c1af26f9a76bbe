import type { Filtre } from '@sillage/read';
import { nomNormaliseSql, normaliserNom } from './nom-normalise.js';

/** Rows whose code begins with the text, or whose name contains it, without regard to case, accents or hyphens. */
export function recherche({ code, nom }: { code: string; nom: string }, description: string): Filtre {
  return {
    type: () => String,
    description,
    typeSql: 'text[]',
    lire: (texte: string) => [texte.replaceAll(/\s/g, '').toUpperCase(), normaliserNom(texte)],
    sql: (l, valeur) => {
      const [debut, partie] = [`(${valeur})[1]`, `(${valeur})[2]`];
      return `(${debut} = '' or starts_with(${l.colonne(code)}, ${debut})
        or (${partie} <> '' and strpos(${nomNormaliseSql(l.colonne(nom))}, ${partie}) > 0))`;
    },
  };
}
