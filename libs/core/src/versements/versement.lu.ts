import { HorodatageScalaire, MontantScalaire } from '@sillage/dispositif-kit';
import {
  calcule,
  colonne,
  egal,
  euros,
  identifiant,
  instant,
  liste,
  parmi,
  type Racine,
  repris,
  type TypeLu,
} from '@sillage/read';
import { ID } from '@nestjs/graphql';
import { champsDuDroit } from '../api/dossier-lu.js';
import { ActionPossible, enumerationGraphql, ExplicationType, presenterExplication } from '../api/index.js';
import { DERNIERS_D_ABORD, PREMIERS_D_ABORD } from '../api/ordre.js';
import { ecritureLue } from '../comptabilite/comptabilite.lu.js';
import { ActionsDeVersement } from './versement.actions.js';
import { ETAPES_VERSEMENT, ETATS_VERSEMENT, SENS_VERSEMENT } from './versement.entity.js';

export const SensVersementEnum = enumerationGraphql(SENS_VERSEMENT, 'SensVersement', 'Qui paie qui.');
const EtapeVersementEnum = enumerationGraphql(ETAPES_VERSEMENT, 'EtapeVersement', 'Ce qui est arrivé à un versement.');
export const EtatVersementEnum = enumerationGraphql(ETATS_VERSEMENT, 'EtatVersement', 'Où en est un versement.');

const etapeLue: TypeLu = {
  nom: 'FranchissementVersement',
  description: 'Une étape franchie par un versement.',
  table: 'sillage.versement_etape',
  sansId: true,
  champs: {
    etape: colonne(() => EtapeVersementEnum, 'etape'),
    motif: colonne(() => String, 'motif', { nullable: true }),
    franchieLe: instant(() => HorodatageScalaire, 'franchie_le'),
  },
};

/** A payment of a convention, seen by who may see it there (TRANS-12). */
export const versementLu: TypeLu = {
  nom: 'Versement',
  description:
    'Une somme due au titre d’une convention, calculée par la plateforme, liquidée par le service, ordonnancée par le siège.',
  table: 'sillage.versement',
  droits: {
    sujet: 'Versement',
    champs: champsDuDroit({ table: 'sillage.convention_territoire', cle: 'convention_id', suit: 'convention_id' }),
  },
  champs: {
    numero: colonne(() => String, 'numero', { description: 'Numéro lisible, par exemple VERS-62-2026-000003.' }),
    conventionId: identifiant(() => ID, 'Convention', 'convention_id'),
    dispositif: colonne(() => String, 'dispositif', { description: 'Code du dispositif.' }),
    tranche: colonne(() => String, 'tranche', {
      description: 'AVANCE, SOLDE… : une convention a au plus un versement par tranche.',
    }),
    sens: colonne(() => SensVersementEnum, 'sens'),
    montant: euros(() => MontantScalaire, 'montant_centimes'),
    etat: colonne(() => EtatVersementEnum, 'etat'),
    explication: repris(() => ExplicationType, 'explication', presenterExplication, {
      description: 'Pourquoi ce montant : données, paramètres à leur date, règles, arrondi.',
    }),
    proposeLe: instant(() => HorodatageScalaire, 'propose_le'),
    etapes: liste(() => etapeLue, {
      par: 'versement_id',
      ordre: PREMIERS_D_ABORD,
      description: 'Ce qui lui est arrivé, dans l’ordre.',
    }),
    ecritures: liste(() => ecritureLue, {
      par: 'versement_id',
      ordre: PREMIERS_D_ABORD,
      description: 'Ce qu’il a écrit au grand livre.',
    }),
    actionsPossibles: calcule(
      () => [ActionPossible],
      () => ActionsDeVersement,
      { description: 'Ce que vous pouvez faire ensuite et, sinon, pourquoi.' },
    ),
  },
};

export const racinesVersements: readonly Racine[] = [
  {
    genre: 'page',
    nom: 'versements',
    type: versementLu,
    description: 'Les versements que vous pouvez consulter, du plus récent au plus ancien.',
    ordre: DERNIERS_D_ABORD,
    filtres: {
      dispositif: egal(() => String, 'dispositif', { description: 'Code d’un dispositif.' }),
      etats: parmi(() => EtatVersementEnum, 'etat'),
    },
  },
  {
    genre: 'un',
    nom: 'versement',
    type: versementLu,
    description: 'Nul s’il n’existe pas ou ne vous est pas accessible.',
  },
];
