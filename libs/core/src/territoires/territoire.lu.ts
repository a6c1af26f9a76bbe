import { colonne, type Filtre, type Ligne, type Racine, type TypeLu } from '@sillage/read';
import { introuvable } from '../api/noeud.js';
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

export const racinesTerritoires: readonly Racine[] = [
  {
    genre: 'liste',
    nom: 'territoires',
    type: territoireLu,
    description: 'Les territoires du Département, par ordre de code.',
    ordre: PAR_CODE,
  },
  {
    genre: 'un',
    nom: 'territoire',
    type: territoireLu,
    description: 'Un territoire par son code ou l’un de ses noms, sans égard à la casse, aux accents ni aux tirets.',
    par: {
      code: { type: () => String, typeSql: 'text', lire: normaliserNom, sql: (l, nom) => porteLeNom(l.alias, nom) },
    },
  },
];

/**
 * Rows of one territory, by its code, its label or one of its names (AMB-147); an unknown one is refused, INTROUVABLE.
 * @param ou the column that holds the territory's id, or the condition on a row for the SQL of that id
 */
export function territoireNomme(
  ou: string | ((ligne: Ligne, territoire: string) => string),
  description = 'Code ou nom d’un territoire.',
): Filtre {
  const condition = typeof ou === 'string' ? (l: Ligne, id: string): string => `${l.colonne(ou)} = ${id}` : ou;
  return {
    type: () => String,
    description,
    typeSql: 'text',
    lire: normaliserNom,
    cherche: {
      // By its code first: two queries that an index or ten rows answer, rather than a condition with « or ».
      sql: (nom) => `select coalesce(
        (select t.id from sillage.territoire t where ${sonCode('t')} = ${nom} limit 1),
        (select a.territoire_id from sillage.territoire_alias a where a.alias_normalise = ${nom} limit 1))`,
      refus: introuvable,
    },
    sql: condition,
  };
}

/** The code of a territory as names are normalised. */
function sonCode(alias: string): string {
  return `replace(lower(${alias}.code), '_', '')`;
}

/** Whether the territory of a row bears that normalised name. */
function porteLeNom(alias: string, nom: string): string {
  return `(${sonCode(alias)} = ${nom} or exists (select from sillage.territoire_alias a
    where a.departement_id = ${alias}.departement_id and a.territoire_id = ${alias}.id and a.alias_normalise = ${nom}))`;
}
