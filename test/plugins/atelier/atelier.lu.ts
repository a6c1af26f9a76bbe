import { modifieDepuis, structureLue, territoireLu, territoireNomme } from '@sillage/core';
import { DateCivileScalaire, HorodatageScalaire } from '@sillage/dispositif-kit';
import { colonne, instant, type Ordre, page, type Racine, type TypeLu, un, jour } from '@sillage/read';
import { Int } from '@nestjs/graphql';

const LES_DERNIERES: Ordre = { sens: 'desc', colonnes: [{ nom: 'ouverte_le', type: 'timestamptz' }] };
const PAR_DATE: Ordre = { sens: 'asc', colonnes: [{ nom: 'inscrite_le', type: 'date' }] };

/** Seen by who sees the séance, named to who may see names there. */
const inscriptionLue: TypeLu = {
  nom: 'AtelierInscription',
  description: 'Quelqu’un s’est inscrit à une séance.',
  table: 'plugin_atelier.inscription',
  champs: {
    prenom: colonne(() => String, 'prenom', { nominatif: true }),
    inscriteLe: jour(() => DateCivileScalaire, 'inscrite_le'),
  },
};

export const seanceLue: TypeLu = {
  nom: 'AtelierSeance',
  description: 'Une séance d’atelier.',
  table: 'plugin_atelier.seance',
  droits: { sujet: 'Atelier', champs: (l) => ({ territoireIds: { colonne: `${l}.territoire_id`, type: 'uuid' } }) },
  champs: {
    intitule: colonne(() => String, 'intitule'),
    animateur: colonne(() => String, 'animateur', { nominatif: true }),
    passages: colonne(() => Int, 'passages'),
    ouverteLe: instant(() => HorodatageScalaire, 'ouverte_le'),
    territoire: un(() => territoireLu, { par: 'territoire_id' }),
    structure: un(() => structureLue, { par: 'structure_id', nullable: true, description: 'Qui l’anime.' }),
    inscriptions: page(() => inscriptionLue, { par: 'seance_id', ordre: PAR_DATE }),
  },
};

export const racines: readonly Racine[] = [
  {
    genre: 'page',
    nom: 'atelierSeances',
    type: seanceLue,
    description: 'Les séances que vous pouvez consulter, la dernière ouverte d’abord.',
    ordre: LES_DERNIERES,
    filtres: { territoire: territoireNomme('territoire_id'), updatedSince: modifieDepuis },
  },
  {
    genre: 'un',
    nom: 'atelierSeance',
    type: seanceLue,
    description: 'Nulle si elle n’existe pas ou ne vous est pas accessible.',
  },
];
