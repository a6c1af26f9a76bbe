import { HorodatageScalaire } from '@sillage/dispositif-kit';
import { calcul, colonne, egal, identifiant, instant, partie, type Racine, type TypeLu } from '@sillage/read';
import { ID, Int } from '@nestjs/graphql';
import { changeDepuis } from '../api/depuis.js';
import { enumerationGraphql, introuvable } from '../api/index.js';
import { JsonScalaire } from '../dispositifs/json.scalaire.js';
import { racineLectures } from './lecture.lu.js';
import { LES_PLUS_RECENTES, QUAND_ET_QUI } from './par-jour.js';

const GenreActeurEnum = enumerationGraphql(
  {
    UTILISATEUR: 'Une personne, ou une machine, par une requête.',
    JOB: 'Un traitement de la plateforme.',
    SYSTEME: 'L’installation de la plateforme.',
  },
  'GenreActeur',
  'Qui agit.',
);

/** A name shows to those alone who may see what names a person in the journal (TRANS-30). */
const acteurLu: TypeLu = {
  nom: 'ActeurJournal',
  description: 'Qui a agi.',
  sansId: true,
  champs: {
    genre: colonne(() => GenreActeurEnum, 'acteur_type'),
    utilisateurId: identifiant(() => ID, 'Utilisateur', 'acteur_id', {
      nullable: true,
      description: 'Nul pour un traitement ou l’installation.',
    }),
    libelle: calcul(
      () => String,
      (l) => `(select u.libelle from sillage.utilisateur u
        where u.departement_id = ${l.colonne('departement_id')} and u.id = ${l.colonne('acteur_id')})`,
      { nominatif: true, description: 'Nom affiché ; nul si vous ne pouvez pas voir les données nominatives.' },
    ),
  },
};

export const ligneJournalLue: TypeLu = {
  nom: 'LigneJournal',
  description: 'Ce que quelqu’un a fait, à quoi, quand et selon quelles règles. Elle ne change jamais.',
  table: 'sillage.journal',
  droits: { sujet: 'Journal', champs: () => ({}) },
  champs: {
    le: instant(() => HorodatageScalaire, 'le', { description: 'Quand.' }),
    acteur: partie(() => acteurLu),
    action: colonne(() => String, 'action', { description: 'Ce qui a été fait, par exemple « conventionSigner ».' }),
    objetType: colonne(() => String, 'objet_type', { description: 'Type de l’objet concerné.' }),
    objetId: calcul(
      () => ID,
      (l) => `${l.colonne('objet_type')} || '-' || ${l.colonne('objet_id')}`,
      {
        description: 'Identifiant de l’objet concerné.',
      },
    ),
    regles: calcul(
      () => [String],
      (l) => `to_json(${l.colonne('regles')})`,
      {
        description: 'Règles appliquées (docs/regles.md).',
      },
    ),
    details: colonne(() => JsonScalaire, 'details', {
      description: 'Identifiants, codes, montants et dates : jamais une donnée sur une personne.',
    }),
    requeteId: colonne(() => String, 'requete_id', {
      nullable: true,
      description: 'Requête ou traitement d’où vient la ligne : ce qui s’est fait ensemble le partage.',
    }),
    rang: maillon(
      () => Int,
      'rang::int',
      'Rang dans la chaîne du Département ; nul si la ligne n’a pas été enchaînée.',
    ),
    empreinte: maillon(
      () => String,
      `encode(m.empreinte, 'hex')`,
      'SHA-256 de la ligne et de l’empreinte précédente, en hexadécimal.',
    ),
  },
};

export const racinesJournal: readonly Racine[] = [
  {
    genre: 'page',
    nom: 'journal',
    type: ligneJournalLue,
    description:
      'Le journal du Département, du plus récent au plus ancien. Pour le siège et le délégué à la protection des données.',
    ordre: LES_PLUS_RECENTES,
    filtres: {
      ...QUAND_ET_QUI,
      action: egal(() => String, 'action', { description: 'Une seule action.' }),
      objetType: egal(() => String, 'objet_type', { description: 'Un seul type d’objet, par exemple « Convention ».' }),
      objetId: {
        type: () => ID,
        description: 'Ce qui concerne cet objet.',
        typeSql: 'text',
        sql: (l, id) =>
          `${l.colonne('objet_type')} = left(${id}, -37) and ${l.colonne('objet_id')} = right(${id}, 36)::uuid`,
        lire: lireIdDObjet,
      },
      requeteId: egal(() => String, 'requete_id', { description: 'Ce qui s’est fait dans cette requête.' }),
      updatedSince: changeDepuis((l) => l.colonne('le')),
    },
  },
  racineLectures,
];

function maillon(type: () => typeof Int | typeof String, expression: string, description: string) {
  return calcul(
    type,
    (l) => `(select ${expression} from sillage.journal_chaine m where m.departement_id = ${l.colonne('departement_id')}
      and m.chaine = 'JOURNAL' and m.journal_id = ${l.colonne('id')})`,
    { nullable: true, description },
  );
}

/** An object of any type. @throws Refus INTROUVABLE at `objetId` for what is no id */
function lireIdDObjet(id: string): string {
  if (/^\w+-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return id;
  throw introuvable(['objetId']);
}
