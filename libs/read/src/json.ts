/**
 * JSON written by concatenation. PostgreSQL's own functions look up the type of every column of every row: a page costs it a
 * fifth less so.
 */

/** JSON being written: words known beforehand and SQL expressions of type text, never null, one after the other. */
export type Json = readonly Fragment[];
type Fragment = { readonly mot: string } | { readonly sql: string };

/** How a value is written: as PostgreSQL's `to_json` does, bare (a number, a boolean), or in quotes, with nothing to escape in it. */
export type Forme = 'json' | 'nue' | 'citee';

/** The whole as one SQL expression of type text. Neighbouring words are one. */
export function sqlDe(json: Json): string {
  const morceaux: Fragment[] = [];
  for (const fragment of json) {
    const dernier = morceaux.at(-1);
    if (dernier && 'mot' in dernier && 'mot' in fragment) {
      morceaux[morceaux.length - 1] = { mot: dernier.mot + fragment.mot };
    } else morceaux.push(fragment);
  }
  const ecrits = morceaux.map((fragment) =>
    'mot' in fragment ? `'${fragment.mot.replaceAll("'", "''")}'` : fragment.sql,
  );
  return ecrits.length === 1 ? String(ecrits[0]) : `(${ecrits.join(' || ')})`;
}

export const NUL: Json = [{ mot: 'null' }];

/** @param sure whether the value is known never to be null */
export function valeurJson(sql: string, forme: Forme, sure = false): Json {
  if (sql === 'null') return NUL;
  const texte = forme === 'json' ? `to_json(${sql})::text` : `(${sql})::text`;
  if (!sure) return ouNul(forme === 'citee' ? `'"' || ${texte} || '"'` : texte);
  return forme === 'citee' ? [{ mot: '"' }, { sql: texte }, { mot: '"' }] : [{ sql: texte }];
}

/** A constant that JSON writes as it is: a name of the schema. */
export function nomJson(nom: string): Json {
  return [{ mot: `"${nom}"` }];
}

/** Keys are GraphQL names: nothing in them to escape. */
export function objetJson(champs: readonly { readonly cle: string; readonly json: Json }[]): Json {
  const morceaux = champs.flatMap(({ cle, json }, rang) => [{ mot: `${rang === 0 ? '' : ','}"${cle}":` }, ...json]);
  return [{ mot: '{' }, ...morceaux, { mot: '}' }];
}

/** The elements of an aggregated query, in the order of its rows. */
export function tableauJson(element: string, filtre = ''): Json {
  return [{ mot: '[' }, { sql: `coalesce(string_agg(${element}, ',')${filtre}, '')` }, { mot: ']' }];
}

/** Null where there is no value. */
export function ouNul(sql: string): Json {
  return [{ sql: `coalesce(${sql}, 'null')` }];
}

/** JSON that a query of its own gives. */
export function sousRequete(json: Json, from: string): Json {
  return [{ sql: `(select ${sqlDe(json)} from ${from})` }];
}
