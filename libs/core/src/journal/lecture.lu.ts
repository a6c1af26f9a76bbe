import { HorodatageScalaire } from '@sillage/dispositif-kit';
import { calcul, colonne, identifiant, instant, type Racine, type TypeLu } from '@sillage/read';
import { ID } from '@nestjs/graphql';
import { lireId } from '../api/index.js';
import { debutSql, LES_PLUS_RECENTES, QUAND_ET_QUI } from './par-jour.js';

/** An answer that showed what names young people (TRANS-30). It names none of them. */
const lectureNominativeLue: TypeLu = {
  nom: 'LectureNominative',
  description: 'Une réponse qui a montré ce qui nomme des jeunes : à qui, quand, de qui, quels champs, pourquoi.',
  table: 'sillage.journal_lecture',
  droits: { sujet: 'Journal', champs: () => ({}) },
  champs: {
    le: instant(() => HorodatageScalaire, 'le', { description: 'Quand.' }),
    acteurId: identifiant(() => ID, 'Utilisateur', 'acteur_id', { description: 'Qui a lu.' }),
    acteur: calcul(
      () => String,
      (l) => `(select u.libelle from sillage.utilisateur u
        where u.departement_id = ${l.colonne('departement_id')} and u.id = ${l.colonne('acteur_id')})`,
      { nominatif: true, description: 'Nom affiché ; nul si vous ne pouvez pas voir les données nominatives.' },
    ),
    requeteId: colonne(() => String, 'requete_id'),
    operation: colonne(() => String, 'operation', { nullable: true, description: 'Nom de l’opération GraphQL.' }),
    depart: colonne(() => String, 'depart', { description: 'Champ de Query ou de Mutation.' }),
    motif: colonne(() => String, 'motif', { nullable: true, description: 'En-tête X-Motif de la requête.' }),
    champs: calcul(
      () => [String],
      (l) => `to_json(${l.colonne('champs')})`,
      { description: 'Ce qui a été montré, par exemple « Jeune.nom ».' },
    ),
    jeuneIds: calcul(
      () => [ID],
      (l) => `(select json_agg('Jeune-' || j) from unnest(${l.colonne('jeune_ids')}) j)`,
      { description: 'De qui.' },
    ),
  },
};

export const racineLectures: Racine = {
  genre: 'page',
  nom: 'lecturesNominatives',
  type: lectureNominativeLue,
  description:
    'Qui a lu ce qui nomme des jeunes, du plus récent au plus ancien. Pour le siège et le délégué à la protection des données.',
  ordre: LES_PLUS_RECENTES,
  filtres: {
    ...QUAND_ET_QUI,
    jeuneId: {
      type: () => ID,
      description: 'Ce qui a été lu de ce jeune.',
      typeSql: 'uuid',
      // Who read it and which days are found by the person; then their readings of these days, by the index on readers.
      sql: (l, jeune) => `${l.colonne('id')} in (select r.id from sillage.jeune_consulte c
        join sillage.journal_lecture r on r.departement_id = c.departement_id and r.acteur_id = c.acteur_id
          and r.le >= ${debutSql('c.jour')} and r.le < ${debutSql('c.jour + 1')}
        where c.departement_id = ${l.colonne('departement_id')} and c.jeune_id = ${jeune} and ${jeune} = any(r.jeune_ids))`,
      lire: (id: string) => lireId('Jeune', id, ['jeuneId']),
    },
  },
};
