import { colonne, type Filtre, type TypeLu } from '@sillage/read';
import { normaliserNom } from './nom-normalise.js';

export const territoireLu: TypeLu = {
  nom: 'Territoire',
  description: 'Un territoire du Département.',
  table: 'sillage.territoire',
  droits: { sujet: 'Territoire', champs: () => ({}) },
  champs: {
    code: colonne(() => String, 'code', { description: 'Code stable, par exemple HENIN_CARVIN.' }),
    libelle: colonne(() => String, 'libelle'),
  },
};

/** In the order in which lists of territories are shown. */
export const PAR_CODE = { sens: 'asc', colonnes: [{ nom: 'code', type: 'text' }] } as const;

/** Rows of one territory, by its code, its label or one of its names (AMB-147); an unknown one has none. */
export function territoireNomme(colonneTerritoire: string): Filtre {
  return {
    type: () => String,
    description: 'Code ou nom d’un territoire.',
    typeSql: 'text',
    lire: normaliserNom,
    sql: (l, nom) => `${l.colonne(colonneTerritoire)} = (select t.id from sillage.territoire t
      where replace(lower(t.code), '_', '') = ${nom} or exists (select from sillage.territoire_alias a
        where a.departement_id = t.departement_id and a.territoire_id = t.id and a.alias_normalise = ${nom}) limit 1)`,
  };
}
