import { HorodatageScalaire } from '@sillage/dispositif-kit';
import {
  calcul,
  chiffre,
  colonne,
  identifiant,
  instant,
  type Ordre,
  page,
  type Racine,
  type TypeLu,
} from '@sillage/read';
import { ID } from '@nestjs/graphql';
import { lireId } from '../api/index.js';
import { personneLue } from '../accompagnements/jeune.lu.js';

const DERNIERES: Ordre = { sens: 'desc', colonnes: [{ nom: 'le', type: 'timestamptz' }] };

const rectificationLue: TypeLu = {
  nom: 'Rectification',
  description: 'Ce qui était écrit avant d’être rectifié.',
  table: 'sillage.jeune_rectification',
  champs: {
    champ: colonne(() => String, 'champ', { description: 'Nom du champ de « DossierPersonnel ».' }),
    ancienne: chiffre(() => String, 'ancienne', { nominatif: true, description: 'Nulle si le champ était vide.' }),
    motif: chiffre(() => String, 'motif', { nominatif: true }),
    le: instant(() => HorodatageScalaire, 'le'),
    parId: identifiant(() => ID, 'Utilisateur', 'par'),
  },
};

/** What is held on a young person, for those who answer to that person for it: also where it is reserved (ACT-33, TRANS-30). */
export const dossierPersonnelLu: TypeLu = {
  ...personneLue,
  nom: 'DossierPersonnel',
  description: 'Ce qui est détenu sur un jeune, pour qui traite ses demandes et la durée de conservation.',
  droits: {
    sujet: 'Jeune',
    champs: (alias) => ({ territoireIds: { colonne: `${alias}.territoire_id`, type: 'uuid' } }),
  },
  champs: {
    ...personneLue.champs,
    jeuneId: identifiant(() => ID, 'Jeune', 'id', { description: 'Son identifiant partout ailleurs.' }),
    limiteLe: instant(() => HorodatageScalaire, 'limite_le', {
      nullable: true,
      description: 'Depuis quand le traitement est limité ; nul s’il ne l’est pas.',
    }),
    limiteMotif: chiffre(() => String, 'limite_motif', { nominatif: true }),
    archiveLe: instant(() => HorodatageScalaire, 'archive_le', { nullable: true }),
    effaceLe: instant(() => HorodatageScalaire, 'efface_le', {
      nullable: true,
      description: 'Depuis quand plus rien ne nomme la personne.',
    }),
    accompagnements: calcul(
      () => [String],
      (l) => `(select coalesce(json_agg(a.numero order by a.numero), '[]') from sillage.accompagnement a
        where a.departement_id = ${l.colonne('departement_id')} and a.jeune_id = ${l.colonne('id')})`,
      { description: 'Numéros des accompagnements.' },
    ),
    rectifications: page(() => rectificationLue, { par: 'jeune_id', ordre: DERNIERES }),
  },
};

export const racineDossierPersonnel: Racine = {
  genre: 'un',
  nom: 'dossierPersonnel',
  type: dossierPersonnelLu,
  description: 'Ce qui est détenu sur un jeune (siège). Nul s’il n’existe pas ou ne vous est pas accessible.',
  par: {
    jeuneId: {
      type: () => ID,
      typeSql: 'uuid',
      sql: (l, id) => `${l.colonne('id')} = ${id}`,
      lire: (id: string) => lireId('Jeune', id, ['jeuneId']),
    },
  },
};
