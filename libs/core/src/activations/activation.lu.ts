import { HorodatageScalaire } from '@sillage/dispositif-kit';
import {
  calcul,
  colonne,
  type Filtre,
  instant,
  type Ligne,
  type PageSur,
  seulement,
  type TypeLu,
  un,
} from '@sillage/read';
import { modifieDepuis } from '../api/depuis.js';
import { enumerationGraphql } from '../api/enumeration-graphql.js';
import { DERNIERS_D_ABORD } from '../api/ordre.js';
import { DispositifType } from '../dispositifs/index.js';
import { territoireLu } from '../territoires/index.js';
import { EN_COURS, ETATS_ACTIVATION } from './activation.regles.js';

export const EnCoursEnum = enumerationGraphql(
  EN_COURS,
  'SortDesDossiers',
  'Ce que deviennent les dossiers commencés quand un dispositif est désactivé.',
);
const EtatActivationEnum = enumerationGraphql(ETATS_ACTIVATION, 'EtatActivation', 'Où en est une activation.');

export const activationLue: TypeLu = {
  nom: 'Activation',
  description: 'Une période pendant laquelle un dispositif est activé sur un territoire.',
  table: 'sillage.activation',
  droits: {
    sujet: 'Activation',
    champs: (alias) => ({
      dispositif: { colonne: `${alias}.dispositif` },
      territoireIds: { colonne: `${alias}.territoire_id`, type: 'uuid' },
    }),
  },
  champs: {
    dispositif: colonne(() => String, 'dispositif', { description: 'Code du dispositif.' }),
    territoire: un(() => territoireLu, { par: 'territoire_id', description: 'Où il est activé.' }),
    etat: calcul(() => EtatActivationEnum, etatSql, { description: 'Où elle en est maintenant.' }),
    du: instant(() => HorodatageScalaire, 'du', { description: 'Premier instant.' }),
    au: instant(() => HorodatageScalaire, 'au', {
      nullable: true,
      description: 'Fin, exclue ; nulle tant qu’aucune n’est prévue.',
    }),
    enCours: colonne(() => EnCoursEnum, 'en_cours', {
      description: 'Ce que deviennent, après la fin, les dossiers commencés.',
    }),
    creeLe: instant(() => HorodatageScalaire, 'cree_le', { description: 'Quand elle a été décidée.' }),
    modifieLe: instant(() => HorodatageScalaire, 'modifie_le', { description: 'Dernière modification.' }),
  },
};

const enVigueur: Filtre = seulement((l) => `tstzrange(${l.colonne('du')}, ${l.colonne('au')}) @> ${l.maintenant}`, {
  description: 'Ne rend que celles qui sont en vigueur.',
  parDefaut: false,
});

/** Where and when a dispositif is on. */
export const activationsDuDispositif: PageSur<DispositifType> = {
  nom: 'activations',
  type: activationLue,
  description: 'Où et quand il est activé, de la plus récente activation à la plus ancienne.',
  ordre: DERNIERS_D_ABORD,
  filtres: { enVigueur, updatedSince: modifieDepuis },
  sur: () => DispositifType,
  ou: (l, { code }) => `${l.colonne('dispositif')} = ${l.lier(code, 'text')}`,
};

/** As `etatLe` says it. */
function etatSql(l: Ligne): string {
  const [du, au] = [l.colonne('du'), l.colonne('au')];
  return `case when ${au} = ${du} then 'ANNULEE' when ${l.maintenant} < ${du} then 'A_VENIR'
    when ${au} is null or ${l.maintenant} < ${au} then 'EN_VIGUEUR' else 'TERMINEE' end`;
}
