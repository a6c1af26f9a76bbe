import { DateCivileScalaire, HorodatageScalaire } from '@sillage/dispositif-kit';
import { calcul, colonne, egal, instant, liste, type Racine, type TypeLu, jour, un } from '@sillage/read';
import { modifieDepuis } from '../api/depuis.js';
import { enumerationGraphql } from '../api/enumeration-graphql.js';
import { jourSql } from '../api/jour-sql.js';
import { DERNIERS_D_ABORD } from '../api/ordre.js';
import { PAR_CODE, territoireLu, territoireNomme } from '../territoires/index.js';
import { ETATS_APPEL } from './appel.entity.js';

const EtatAppelEnum = enumerationGraphql(ETATS_APPEL, 'EtatAppel', 'Où en est un appel à projets.');

/** Whether the appel of a row covers one of the territories of an SQL array. */
export function appelCouvre(alias: string, territoires: string): string {
  return `exists (select from sillage.appel_territoire at where at.departement_id = ${alias}.departement_id
    and at.appel_id = ${alias}.id and at.territoire_id = any(${territoires}))`;
}

/** A call for projects: a draft is the administration's, a published one everybody's (TRANS-03). */
export const appelLu: TypeLu = {
  nom: 'Appel',
  description: 'Un appel à projets : une fenêtre de dépôt, sur des territoires.',
  table: 'sillage.appel',
  droits: {
    sujet: 'Appel',
    champs: (alias) => ({
      dispositif: { colonne: `${alias}.dispositif` },
      etat: { colonne: `${alias}.etat` },
      territoireIds: { ensemble: (valeurs) => appelCouvre(alias, valeurs), type: 'uuid' },
    }),
  },
  champs: {
    dispositif: colonne(() => String, 'dispositif', { description: 'Code du dispositif.' }),
    code: colonne(() => String, 'code', { description: 'Code stable, unique dans le Département.' }),
    libelle: colonne(() => String, 'libelle', { description: 'Nom de l’appel, pour les personnes.' }),
    ouverture: jour(() => DateCivileScalaire, 'ouverture', {
      description: 'Premier jour de dépôt, inclus, heure de Paris.',
    }),
    cloture: jour(() => DateCivileScalaire, 'cloture', {
      description: 'Dernier jour de dépôt et de validation, inclus, sans report.',
    }),
    etat: colonne(() => EtatAppelEnum, 'etat', { description: 'Brouillon ou publié.' }),
    // As `deciderFenetre` says it: from the first instant of the opening day to the last of the closing day, in Paris.
    ouvert: calcul(
      () => Boolean,
      (l) =>
        `(${l.colonne('etat')} = 'PUBLIE' and ${jourSql(l)} between ${l.colonne('ouverture')} and ${l.colonne('cloture')})`,
      { description: 'Vrai s’il reçoit des dossiers en ce moment.' },
    ),
    territoires: liste(() => territoireLu, {
      via: { table: 'sillage.appel_territoire', vers: 'territoire_id' },
      par: 'appel_id',
      ordre: PAR_CODE,
      description: 'Les territoires qu’il couvre, par ordre de code.',
    }),
    creeLe: instant(() => HorodatageScalaire, 'cree_le', { description: 'Création.' }),
    modifieLe: instant(() => HorodatageScalaire, 'modifie_le', { description: 'Dernière modification.' }),
    publieLe: instant(() => HorodatageScalaire, 'publie_le', {
      nullable: true,
      description: 'Publication ; nulle pour un brouillon.',
    }),
    presentation: colonne(() => String, 'presentation', {
      nullable: true,
      description: 'Ce que l’appel dit aux candidats : objet, attendus, calendrier.',
    }),
    issuDe: un(() => appelLu, {
      par: 'issu_de',
      nullable: true,
      description: 'L’appel antérieur dont il reprend les termes, si vous pouvez le consulter.',
    }),
  },
};

export const racinesAppels: readonly Racine[] = [
  {
    genre: 'page',
    nom: 'appels',
    type: appelLu,
    description: 'Les appels à projets, du plus récent au plus ancien.',
    ordre: DERNIERS_D_ABORD,
    filtres: {
      dispositif: egal(() => String, 'dispositif', { description: 'Code d’un dispositif.' }),
      etat: egal(() => EtatAppelEnum, 'etat', { description: 'Seulement ceux qui en sont là.' }),
      territoire: territoireNomme(
        (l, territoire) => appelCouvre(l.alias, `array[${territoire}]`),
        'Code ou nom d’un territoire couvert.',
      ),
      updatedSince: modifieDepuis,
    },
  },
  {
    genre: 'un',
    nom: 'appel',
    type: appelLu,
    description: 'Un appel ; nul s’il n’existe pas ou ne vous est pas accessible.',
  },
];
