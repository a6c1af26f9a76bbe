import { DateCivileScalaire, lire } from '@sillage/dispositif-kit';
import { EXPRESSION_ISOLATION } from '@sillage/persistence';
import { colonne, egal, jour, type Ligne, liste, type Racine, type TypeLu, un, unSelon } from '@sillage/read';
import { enumerationGraphql } from '../api/enumeration-graphql.js';
import { jourSql } from '../api/jour-sql.js';
import { PREMIERS_D_ABORD } from '../api/ordre.js';
import { saisieJour } from './commune.saisie.js';
import { recherche } from './recherche.js';
import { territoireLu, territoireNomme } from './territoire.lu.js';

const StatutRattachementEnum = enumerationGraphql(
  {
    PROPOSITION: 'Déduit de l’intercommunalité ; à confirmer par un administrateur.',
    CONFIRME: 'Saisi par un administrateur.',
  },
  'StatutRattachement',
  'Ce que vaut le rattachement d’une commune à un territoire (AMB-139).',
);

const epciLu: TypeLu = {
  nom: 'Epci',
  description: 'Un groupement de communes à fiscalité propre.',
  table: 'referentiel.epci',
  sansId: true,
  champs: { siren: colonne(() => String, 'siren'), nom: colonne(() => String, 'nom') },
};

const rattachementLu: TypeLu = {
  nom: 'RattachementCommune',
  description: 'Le territoire d’une commune pendant une période, bornes incluses.',
  table: 'sillage.commune_territoire',
  sansId: true,
  champs: {
    territoire: un(() => territoireLu, { par: 'territoire_id' }),
    du: jour(() => DateCivileScalaire, 'du'),
    au: jour(() => DateCivileScalaire, 'au', {
      nullable: true,
      description: 'Nulle tant qu’aucune fin n’est prévue.',
    }),
    statut: colonne(() => StatutRattachementEnum, 'statut'),
    source: colonne(() => String, 'source', { description: 'Ce qui justifie le rattachement.' }),
  },
};

/**
 * Communes are national facts, known by their INSEE code and not by one of our ids; a département has its own, and says to which
 * of its territories each belongs. `referentiel` has no row-level security: the same condition is written here.
 */
export const communeLue: TypeLu = {
  nom: 'Commune',
  description: 'Une commune du Département, au sens du code officiel géographique.',
  table: `(select * from (select departement_code as departement_id, code as id, code, nom, epci_siren
    from referentiel.commune) c where ${EXPRESSION_ISOLATION})`,
  sansId: true,
  cle: 'text',
  droits: { sujet: 'Territoire', champs: () => ({}) },
  champs: {
    code: colonne(() => String, 'code', { description: 'Code INSEE, qui n’est pas le code postal.' }),
    nom: colonne(() => String, 'nom'),
    epci: unSelon(
      () => epciLu,
      (p, e) => `${e.colonne('siren')} = ${p.colonne('epci_siren')}`,
    ),
    territoire: unSelon(
      () => territoireLu,
      (p, e) =>
        `${e.colonne('departement_id')} = ${p.colonne('departement_id')} and ${e.colonne('id')} = ${territoireSql(p)}`,
      { description: 'Son territoire à la date demandée, aujourd’hui par défaut.' },
    ),
    rattachements: liste(() => rattachementLu, {
      par: 'commune_code',
      ordre: { sens: 'asc', colonnes: [{ nom: 'du', type: 'date' }] },
      description: 'Tous ses rattachements, du plus ancien au plus récent.',
    }),
  },
};

export const racinesCommunes: readonly Racine[] = [
  {
    genre: 'page',
    nom: 'communes',
    type: communeLue,
    description: 'Les communes du Département, par ordre de code INSEE.',
    ordre: PREMIERS_D_ABORD,
    filtres: {
      territoire: territoireNomme((l, territoire) => `${territoireSql(l)} = ${territoire}`),
      recherche: recherche({ code: 'code', nom: 'nom' }, 'Début d’un code INSEE ou partie d’un nom.'),
      date: {
        type: () => DateCivileScalaire,
        description: 'Jour auquel lire les territoires ; aujourd’hui par défaut.',
        typeSql: 'date',
        lire: (date: string) => lire(saisieJour, date, ['date']).toString(),
      },
    },
  },
  {
    genre: 'un',
    nom: 'commune',
    type: communeLue,
    description: 'Une commune par son code INSEE.',
    par: { code: egal(() => String, 'code') },
  },
];

/** SQL of the id of the commune's territory on the day asked: the database admits one. */
function territoireSql(l: Ligne): string {
  return `(select r.territoire_id from sillage.commune_territoire r where r.departement_id = ${l.colonne('departement_id')}
    and r.commune_code = ${l.colonne('code')} and daterange(r.du, r.au, '[]') @> ${l.argument('date') ?? jourSql(l)})`;
}
