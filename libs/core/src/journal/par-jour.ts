import { DateCivileScalaire } from '@sillage/dispositif-kit';
import { FUSEAU } from '@sillage/kernel';
import { egal, type Filtre, type Ligne, type Ordre } from '@sillage/read';
import { ID } from '@nestjs/graphql';
import { lireDate, lireId } from '../api/index.js';

/** Latest first. */
export const LES_PLUS_RECENTES: Ordre = { sens: 'desc', colonnes: [{ nom: 'le', type: 'timestamptz' }] };

/** A filter by a civil day, at the argument of that name. */
function parJour(nom: string, description: string, sql: (ligne: Ligne, jour: string) => string): Filtre {
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

/** When, and by whom: of lines that have `le` and `acteur_id`. */
export const QUAND_ET_QUI = {
  du: parJour('du', 'À partir de ce jour, à Paris.', (l, jour) => `${l.colonne('le')} >= ${debutSql(jour)}`),
  au: parJour('au', 'Jusqu’à ce jour inclus, à Paris.', (l, jour) => `${l.colonne('le')} < ${debutSql(`${jour} + 1`)}`),
  acteurId: egal(() => ID, 'acteur_id', {
    description: 'De cet utilisateur.',
    typeSql: 'uuid',
    lire: (id: string) => lireId('Utilisateur', id, ['acteurId']),
  }),
} as const;
