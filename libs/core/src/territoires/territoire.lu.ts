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
      sql: (nom) => `select t.id from sillage.territoire t where ${porteLeNom('t', nom)} limit 1`,
      refus: introuvable,
    },
    sql: condition,
  };
}

/** Whether the territory of a row bears that normalised name. */
function porteLeNom(alias: string, nom: string): string {
  return `(replace(lower(${alias}.code), '_', '') = ${nom} or exists (select from sillage.territoire_alias a
    where a.departement_id = ${alias}.departement_id and a.territoire_id = ${alias}.id and a.alias_normalise = ${nom}))`;
}
