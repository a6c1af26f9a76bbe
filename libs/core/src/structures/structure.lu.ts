import { HorodatageScalaire } from '@sillage/dispositif-kit';
import { NATURES_STRUCTURE } from '@sillage/kernel';
import { colonne, egal, instant, liste, type Racine, type TypeLu } from '@sillage/read';
import { modifieDepuis } from '../api/depuis.js';
import { enumerationGraphql } from '../api/enumeration-graphql.js';
import { DERNIERS_D_ABORD } from '../api/ordre.js';
import { PAR_CODE, recherche, territoireLu, territoireNomme } from '../territoires/index.js';

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

export const racinesStructures: readonly Racine[] = [
  {
    genre: 'page',
    nom: 'structures',
    type: structureLue,
    description: 'Les structures connues du Département.',
    ordre: DERNIERS_D_ABORD,
    filtres: {
      nature: egal(() => NatureStructureEnum, 'nature'),
      territoire: territoireNomme(
        ({ alias }, territoire) => `exists (select from sillage.structure_territoire st
          where st.departement_id = ${alias}.departement_id and st.structure_id = ${alias}.id and st.territoire_id = ${territoire})`,
      ),
      recherche: recherche(
        { code: 'siret', nom: 'raison_sociale' },
        'Début d’un SIRET ou partie d’une raison sociale.',
      ),
      updatedSince: modifieDepuis,
    },
  },
  {
    genre: 'un',
    nom: 'structure',
    type: structureLue,
    description: 'Une structure ; nulle si elle n’existe pas ou ne vous est pas accessible.',
  },
];
