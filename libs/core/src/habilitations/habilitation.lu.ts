import { peut } from '@sillage/access';
import { DateCivileScalaire, HorodatageScalaire } from '@sillage/dispositif-kit';
import {
  calcul,
  colonne,
  egal,
  type Filtre,
  instant,
  jour,
  type Ligne,
  liste,
  page,
  type Racine,
  seulement,
  type TypeLu,
  un,
} from '@sillage/read';
import { ID } from '@nestjs/graphql';
import { changeDepuis } from '../api/depuis.js';
import { lireId } from '../api/index.js';
import { jourSql } from '../api/jour-sql.js';
import { DERNIERS_D_ABORD } from '../api/ordre.js';
import { RoleEnum } from '../candidatures/candidature.enumerations.js';
import { structureLue } from '../structures/index.js';
import { PAR_CODE, territoireLu } from '../territoires/index.js';

/** Read by who it is, always; everybody, by right. */
export const utilisateurLu: TypeLu = {
  nom: 'Utilisateur',
  description: 'Une personne ou une machine, connue par son fournisseur d’identité.',
  table: 'sillage.utilisateur',
  droits: { sujet: 'Utilisateur', champs: () => ({}), aussi: estMoi('id') },
  champs: {
    iss: colonne(() => String, 'iss', { description: 'Adresse du fournisseur d’identité (revendication « iss »).' }),
    sub: colonne(() => String, 'sub', { description: 'Identifiant chez ce fournisseur (revendication « sub »).' }),
    libelle: colonne(() => String, 'libelle', {
      nominatif: true,
      description: 'Nom affiché ; nul si vous ne pouvez pas voir les données nominatives.',
    }),
    creeLe: instant(() => HorodatageScalaire, 'cree_le', { description: 'Depuis quand la plateforme le connaît.' }),
    habilitations: page(() => habilitationLue, {
      par: 'utilisateur_id',
      ordre: DERNIERS_D_ABORD,
      filtres: { enVigueur: comptantAujourdhui(true) },
      description: 'Ses rôles, où et quand : les vôtres, ou tous pour l’administrateur.',
    }),
  },
};

/** One's own, always; everybody's, by right. */
export const habilitationLue: TypeLu = {
  nom: 'Habilitation',
  description: 'Un rôle donné à quelqu’un : où, pour quels dispositifs et quand.',
  table: 'sillage.habilitation',
  droits: { sujet: 'Habilitation', champs: () => ({}), aussi: estMoi('utilisateur_id') },
  champs: {
    utilisateur: un(() => utilisateurLu, { par: 'utilisateur_id', description: 'À qui elle est donnée.' }),
    role: colonne(() => RoleEnum, 'role', { description: 'Ce qu’elle permet (docs/access.md).' }),
    structure: un(() => structureLue, {
      par: 'structure_id',
      nullable: true,
      description: 'La structure où elle s’exerce.',
    }),
    territoires: liste(() => territoireLu, {
      via: { table: 'sillage.habilitation_territoire', vers: 'territoire_id' },
      par: 'habilitation_id',
      ordre: PAR_CODE,
      description: 'Vide pour un rôle qui ne s’exerce pas par territoire.',
    }),
    dispositifs: calcul(() => [String], dispositifsSql, {
      description: 'Codes des dispositifs où elle compte ; vide : tous.',
    }),
    du: jour(() => DateCivileScalaire, 'du', { description: 'Premier jour.' }),
    au: jour(() => DateCivileScalaire, 'au', {
      nullable: true,
      description: 'Dernier jour, inclus ; nul : sans fin prévue.',
    }),
    enVigueur: calcul(() => Boolean, compteSql, { description: 'Vrai si elle compte aujourd’hui.' }),
    accordeeLe: instant(() => HorodatageScalaire, 'accordee_le', { description: 'Quand elle a été accordée.' }),
    revoqueeLe: instant(() => HorodatageScalaire, 'revoquee_le', {
      nullable: true,
      description: 'Nul tant qu’elle n’est pas révoquée.',
    }),
  },
};

export const racinesHabilitations: readonly Racine[] = [
  {
    genre: 'un',
    nom: 'moi',
    type: utilisateurLu,
    description: 'Vous, tel que la plateforme vous connaît.',
    par: {},
    ou: estMoi('id'),
    toujours: true,
  },
  {
    genre: 'page',
    nom: 'utilisateurs',
    type: utilisateurLu,
    description: 'Les personnes et les machines connues. Pour l’administrateur.',
    ordre: DERNIERS_D_ABORD,
    // Oneself is read by `moi`: here, all or nothing.
    ou: ({ contexte }) => String(peut(contexte, 'lire', 'Utilisateur', {})),
    filtres: { updatedSince: changeDepuis((l) => l.colonne('cree_le')) },
  },
  {
    genre: 'page',
    nom: 'habilitations',
    type: habilitationLue,
    description:
      'Les habilitations, des plus récentes aux plus anciennes : les vôtres, et toutes pour l’administrateur.',
    ordre: DERNIERS_D_ABORD,
    filtres: {
      utilisateurId: egal(() => ID, 'utilisateur_id', {
        description: 'Celles d’une seule personne.',
        typeSql: 'uuid',
        lire: (id: string) => lireId('Utilisateur', id, ['utilisateurId']),
      }),
      enVigueur: comptantAujourdhui(false),
      updatedSince: changeDepuis((l) => `greatest(${l.colonne('accordee_le')}, ${l.colonne('revoquee_le')})`),
    },
  },
];

/** Only those that count on the day of the request. */
function comptantAujourdhui(parDefaut: boolean): Filtre {
  return seulement(compteSql, { description: 'Ne rend que celles qui comptent aujourd’hui.', parDefaut });
}

/** Whether the row whose user a column names is the caller's own. */
function estMoi(colonneUtilisateur: string): (ligne: Ligne) => string {
  return (l) => `${l.colonne(colonneUtilisateur)} = ${l.lier(l.contexte.acteur.utilisateurId, 'uuid')}`;
}

function compteSql(l: Ligne): string {
  return `(${l.colonne('revoquee_le')} is null and daterange(${l.colonne('du')}, ${l.colonne('au')}, '[]') @> ${jourSql(l)})`;
}

function dispositifsSql(l: Ligne): string {
  return `(select coalesce(json_agg(d.dispositif order by d.dispositif collate "C"), '[]')
    from sillage.habilitation_dispositif d
    where d.departement_id = ${l.colonne('departement_id')} and d.habilitation_id = ${l.colonne('id')})`;
}
