import { DateCivileScalaire, HorodatageScalaire } from '@sillage/dispositif-kit';
import {
  chiffre,
  colonne,
  identifiant,
  instant,
  jour,
  type Ordre,
  parmi,
  type Racine,
  type TypeLu,
} from '@sillage/read';
import { ID } from '@nestjs/graphql';
import { enumerationGraphql } from '../api/index.js';
import { JsonScalaire } from '../dispositifs/json.scalaire.js';
import { ETATS_PROPOSITION } from './conservation.service.js';

const EtatPropositionEnum = enumerationGraphql(
  ETATS_PROPOSITION,
  'EtatPropositionConservation',
  'Où en est une proposition de la durée de conservation.',
);

const NatureEnum = enumerationGraphql(
  {
    ARCHIVER: 'Réserver les données nominatives : ceux qui suivaient le dossier ne les voient plus',
    EFFACER: 'Rendre le dossier anonyme, pour toujours',
  },
  'NatureConservation',
  'Ce que propose la durée de conservation.',
);

/** Soonest due first. */
const PAR_ECHEANCE: Ordre = { sens: 'asc', colonnes: [{ nom: 'echeance', type: 'date' }] };

/** What the duration of conservation asks for a person, and what was done about it (AMB-165). It names nobody. */
export const propositionConservationLue: TypeLu = {
  nom: 'PropositionConservation',
  description: 'Ce que la durée de conservation propose pour un jeune, et la suite qui lui a été donnée.',
  table: 'sillage.conservation_proposition',
  droits: {
    sujet: 'Jeune',
    champs: (alias) => ({
      territoireIds: {
        ensemble: (valeurs) => `exists (select from sillage.jeune t where t.departement_id = ${alias}.departement_id
          and t.id = ${alias}.jeune_id and t.territoire_id = any(${valeurs}))`,
        type: 'uuid',
      },
    }),
  },
  personne: (l) => l.colonne('jeune_id'),
  champs: {
    jeuneId: identifiant(() => ID, 'Jeune', 'jeune_id'),
    nature: colonne(() => NatureEnum, 'nature'),
    dernierContact: jour(() => DateCivileScalaire, 'dernier_contact', {
      description: 'Dernier acte, ou fin du dernier accompagnement.',
    }),
    echeance: jour(() => DateCivileScalaire, 'echeance', { description: 'Premier jour où la durée est passée.' }),
    durees: colonne(() => JsonScalaire, 'parametres', { description: 'En mois : active, puis archive.' }),
    proposeeLe: instant(() => HorodatageScalaire, 'proposee_le'),
    etat: colonne(() => EtatPropositionEnum, 'etat'),
    decideeLe: instant(() => HorodatageScalaire, 'decidee_le', { nullable: true }),
    decideeParId: identifiant(() => ID, 'Utilisateur', 'decidee_par', { nullable: true }),
    motif: chiffre(() => String, 'motif', { nominatif: true }),
    bilan: colonne(() => JsonScalaire, 'bilan', {
      nullable: true,
      description: 'Ce qui a été fait : combien de lignes, table par table.',
    }),
  },
};

export const racinePropositions: Racine = {
  genre: 'page',
  nom: 'propositionsConservation',
  type: propositionConservationLue,
  description: 'Ce que propose la durée de conservation, par échéance (siège).',
  ordre: PAR_ECHEANCE,
  filtres: { etats: parmi(() => EtatPropositionEnum, 'etat') },
};
