import { ID, type ReturnTypeFuncValue } from '@nestjs/graphql';
import type { Filtre, Ligne, TypeLu } from './declaration.js';
import { lireUuid, typeDeCle } from './identifiant.js';

interface Options {
  readonly description?: string;
  /** PostgreSQL's type of the column; text when left out. */
  readonly typeSql?: string;
  readonly lire?: (valeur: never) => unknown;
}

/** Rows whose column is the value given. */
export function egal(type: () => ReturnTypeFuncValue, colonne: string, options: Options = {}): Filtre {
  return { type, typeSql: 'text', sql: (l, valeur) => `${l.colonne(colonne)} = ${valeur}`, ...options };
}

/** Rows whose column is one of the values given. */
export function parmi(type: () => ReturnTypeFuncValue, colonne: string, options: Options = {}): Filtre {
  return { ...egal(type, colonne, options), type: () => [type()] as ReturnTypeFuncValue };
}

/** Only the rows of which this holds, when the caller says true. */
export function seulement(
  sql: (ligne: Ligne) => string,
  { description, parDefaut }: { readonly description: string; readonly parDefaut: boolean },
): Filtre {
  return {
    type: () => Boolean,
    typeSql: 'boolean',
    description,
    parDefaut,
    sql: (l, valeur) => `(not ${valeur} or ${sql(l)})`,
  };
}

/** The row that an id of the API names. */
export function parIdentifiant(type: TypeLu): Filtre {
  return {
    type: () => ID,
    typeSql: typeDeCle(type),
    sql: (l, valeur) => `${l.colonne('id')} = ${valeur}`,
    lire: (id: string) => lireUuid(type.nom, id),
  };
}
