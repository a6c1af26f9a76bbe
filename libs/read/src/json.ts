/**
 * JSON written by concatenation. PostgreSQL's own functions look up the type of every column of every row: a page costs it a
 * fifth less so. Each expression here is of type text, holds JSON, and is never null.
 */

/** How a value is written: as PostgreSQL's `to_json` does, bare (a number, a boolean), or in quotes, with nothing to escape in it. */
export type Forme = 'json' | 'nue' | 'citee';

export function valeurJson(sql: string, forme: Forme): string {
  if (sql === 'null') return `'null'`;
  switch (forme) {
    case 'json':
      return `coalesce(to_json(${sql})::text, 'null')`;
    case 'nue':
      return `coalesce((${sql})::text, 'null')`;
    case 'citee':
      return `coalesce('"' || (${sql})::text || '"', 'null')`;
  }
}

/** A constant that JSON and SQL both write as it is: a name of the schema. */
export function nomJson(nom: string): string {
  return `'"${nom}"'`;
}

/** Keys are GraphQL names: nothing in them to escape. */
export function objetJson(champs: readonly { readonly cle: string; readonly sql: string }[]): string {
  if (champs.length === 0) return `'{}'`;
  const morceaux = champs.map(({ cle, sql }, rang) => `'${rang === 0 ? '{' : ','}"${cle}":' || ${sql}`);
  return `(${morceaux.join(' || ')} || '}')`;
}

/** The elements of an aggregated query, in the order of its rows. */
export function tableauJson(element: string, filtre = ''): string {
  return `('[' || coalesce(string_agg(${element}, ',')${filtre}, '') || ']')`;
}

/** Null where there is no row. */
export function ouNul(sql: string): string {
  return `coalesce(${sql}, 'null')`;
}
