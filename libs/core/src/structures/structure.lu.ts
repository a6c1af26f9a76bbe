import { HorodatageScalaire } from '@sillage/dispositif-kit';
import { colonne, instant, liste, type TypeLu } from '@sillage/read';
import { enumerationGraphql } from '../api/enumeration-graphql.js';
import { PAR_CODE, territoireLu } from '../territoires/index.js';
import { NATURES_STRUCTURE } from './structure.entity.js';

export const NatureStructureEnum = enumerationGraphql(NATURES_STRUCTURE, 'NatureStructure', 'Ce qu’est un organisme.');

export const structureLue: TypeLu = {
  nom: 'Structure',
  description: 'Un organisme qui peut candidater, conventionner et recevoir un versement.',
  table: 'sillage.structure',
  droits: { sujet: 'Structure', champs: (alias) => ({ structureId: { colonne: `${alias}.id`, type: 'uuid' } }) },
  champs: {
    raisonSociale: colonne(() => String, 'raison_sociale'),
    nature: colonne(() => NatureStructureEnum, 'nature'),
    siret: colonne(() => String, 'siret', {
      nullable: true,
      description: 'Ce qui identifie la structure ; nul tant que l’administrateur ne l’a pas saisi.',
    }),
    commune: colonne(() => String, 'commune_code', {
      nullable: true,
      description: 'Code INSEE de la commune de l’établissement.',
    }),
    territoires: liste(() => territoireLu, {
      via: { table: 'sillage.structure_territoire', vers: 'territoire_id' },
      par: 'structure_id',
      ordre: PAR_CODE,
      description: 'Les territoires où elle intervient, par ordre de code.',
    }),
    creeLe: instant(() => HorodatageScalaire, 'cree_le'),
    modifieLe: instant(() => HorodatageScalaire, 'modifie_le'),
  },
};
