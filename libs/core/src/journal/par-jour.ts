import { DateCivileScalaire } from '@sillage/dispositif-kit';
import { FUSEAU } from '@sillage/kernel';
import type { Filtre, Ligne } from '@sillage/read';
import { lireDate } from '../api/index.js';

/** A filter by a civil day, at the argument of that name. */
export function parJour(nom: string, description: string, sql: (ligne: Ligne, jour: string) => string): Filtre {
  return {
    type: () => DateCivileScalaire,
    description,
    typeSql: 'date',
    sql,
    lire: (jour: string) => lireDate(jour, [nom]).toString(),
  };
}

/** The first instant of a day, in Paris. */
export function debutSql(jour: string): string {
  return `((${jour})::timestamp at time zone '${FUSEAU}')`;
}
