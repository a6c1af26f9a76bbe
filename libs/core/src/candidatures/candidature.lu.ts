import { HorodatageScalaire } from '@sillage/dispositif-kit';
import { ROLES } from '@sillage/kernel';
import {
  calcule,
  colonne,
  egal,
  instant,
  type Ligne,
  liste,
  parmi,
  type Racine,
  type TypeLu,
  un,
  unRetour,
} from '@sillage/read';
import { ID, Int } from '@nestjs/graphql';
import { modifieDepuis } from '../api/depuis.js';
import { champsDuDroit } from '../api/dossier-lu.js';
import { ActionPossible, lireId } from '../api/index.js';
import { DERNIERS_D_ABORD, PREMIERS_D_ABORD } from '../api/ordre.js';
import { appelLu } from '../appels/index.js';
import { conventionLue } from '../conventions/convention.lu.js';
import { piecesDe } from '../pieces/piece.lu.js';
import { structureLue } from '../structures/index.js';
import { PAR_CODE, territoireLu } from '../territoires/index.js';
import { ActionsDeCandidature } from './candidature.actions.js';
import { EtatCandidatureEnum, RoleEnum, SensAvisEnum, SensDecisionEnum } from './candidature.enumerations.js';
import { complementLu, instructionSuspendue, joursInstruction } from './complement.lu.js';
import { messageLu } from './message.lu.js';
import { PointAConfirmer, PointsDeCandidature } from './candidature.points.js';

const TERRITOIRES = 'sillage.candidature_territoire';

const avisLu: TypeLu = {
  nom: 'Avis',
  description: 'L’avis d’un service territorial, sur un territoire.',
  table: 'sillage.candidature_avis',
  sansId: true,
  champs: {
    territoire: un(() => territoireLu, { par: 'territoire_id' }),
    role: colonne(() => RoleEnum, 'role'),
    sens: colonne(() => SensAvisEnum, 'sens'),
    motif: colonne(() => String, 'motif'),
    renduLe: instant(() => HorodatageScalaire, 'rendu_le'),
  },
};

const decisionLue: TypeLu = {
  nom: 'DecisionCandidature',
  description: 'La décision du Département, et ses raisons.',
  table: 'sillage.candidature_decision',
  sansId: true,
  champs: {
    sens: colonne(() => SensDecisionEnum, 'sens'),
    motif: colonne(() => String, 'motif'),
    confirmations: colonne(() => [String], 'confirmations', {
      description: 'Règles dont le cas limite a été confirmé.',
    }),
    notification: colonne(() => String, 'notification', {
      nullable: true,
      description: 'Ce qui est notifié au porteur, tel qu’écrit le jour de la décision.',
    }),
    priseLe: instant(() => HorodatageScalaire, 'prise_le'),
  },
};

/** Until the decision, opinions stay between services: nothing says that the porteur reads them (AMB-174). */
function avisLisibles({ alias, contexte }: Ligne): string {
  const porteurSeul = contexte.acteur.habilitations.every(({ role }) => ROLES[role].portee === 'STRUCTURE');
  if (!porteurSeul) return 'true';
  return `exists (select from sillage.candidature_decision d
    where d.departement_id = ${alias}.departement_id and d.candidature_id = ${alias}.id)`;
}

/** Whose rows they are, and who may read them. */
export const lignesCandidature = {
  table: 'sillage.candidature',
  droits: {
    sujet: 'Candidature',
    champs: champsDuDroit({ table: TERRITOIRES, cle: 'candidature_id', suit: 'id' }),
  },
} as const satisfies Partial<TypeLu>;

/** What every dispositif's candidatures have in common; each adds its fields (`candidatureDuDispositif`). */
export const candidatureLue: TypeLu = {
  nom: 'Candidature',
  description: 'Une candidature à un appel à projets. Chaque dispositif a la sienne, avec ses champs.',
  ...lignesCandidature,
  selon: 'dispositif',
  champs: {
    numero: colonne(() => String, 'numero', { description: 'Numéro lisible, par exemple CAND-62-2026-000012.' }),
    dispositif: colonne(() => String, 'dispositif', { description: 'Code du dispositif.' }),
    appel: un(() => appelLu, { par: 'appel_id' }),
    etat: colonne(() => EtatCandidatureEnum, 'etat'),
    structure: un(() => structureLue, { par: 'structure_id', description: 'Le porteur.' }),
    territoires: liste(() => territoireLu, {
      via: { table: TERRITOIRES, vers: 'territoire_id' },
      par: 'candidature_id',
      ordre: PAR_CODE,
    }),
    version: colonne(() => Int, 'version', {
      description: 'À rappeler pour enregistrer : elle change à chaque modification.',
    }),
    referenceExterne: colonne(() => String, 'reference_externe', {
      nullable: true,
      description: 'Référence dans le logiciel de dépôt du Département.',
    }),
    creeLe: instant(() => HorodatageScalaire, 'cree_le'),
    modifieLe: instant(() => HorodatageScalaire, 'modifie_le'),
    deposeeLe: instant(() => HorodatageScalaire, 'deposee_le', { nullable: true }),
    valideeLe: instant(() => HorodatageScalaire, 'validee_le', { nullable: true }),
    avis: liste(() => avisLu, { par: 'candidature_id', ordre: PREMIERS_D_ABORD, ou: avisLisibles }),
    complements: liste(() => complementLu, {
      par: 'candidature_id',
      ordre: PREMIERS_D_ABORD,
      description: 'Les demandes de complément et leurs réponses, dans l’ordre.',
    }),
    joursInstruction,
    instructionSuspendue,
    messages: liste(() => messageLu, {
      par: 'candidature_id',
      ordre: PREMIERS_D_ABORD,
      description: 'Ce que la plateforme en dit : clôture proche, complément demandé, décision.',
    }),
    decision: unRetour(() => decisionLue, { par: 'candidature_id' }),
    pieces: piecesDe('candidature_id'),
    convention: unRetour(() => conventionLue, {
      par: 'candidature_id',
      ou: (_candidature, convention) => `${convention.colonne('etat')} <> 'ABANDONNEE'`,
      description: 'La convention préparée, si vous pouvez la consulter ; sans celles qui ont été abandonnées.',
    }),
    actionsPossibles: calcule(
      () => [ActionPossible],
      () => ActionsDeCandidature,
      { description: 'Ce que vous pouvez faire ensuite et, sinon, pourquoi.' },
    ),
    pointsAConfirmer: calcule(
      () => [PointAConfirmer],
      () => PointsDeCandidature,
      { description: 'Cas limites à confirmer par qui décide.' },
    ),
  },
};

export const racinesCandidatures: readonly Racine[] = [
  {
    genre: 'page',
    nom: 'candidatures',
    type: candidatureLue,
    description: 'Les candidatures que vous pouvez consulter, de la plus récente à la plus ancienne.',
    ordre: DERNIERS_D_ABORD,
    filtres: {
      dispositif: egal(() => String, 'dispositif', { description: 'Code d’un dispositif.' }),
      etats: parmi(() => EtatCandidatureEnum, 'etat'),
      appelId: egal(() => ID, 'appel_id', {
        typeSql: 'uuid',
        lire: (id: string) => lireId('Appel', id, ['appelId']),
      }),
      updatedSince: modifieDepuis,
    },
  },
  {
    genre: 'un',
    nom: 'candidature',
    type: candidatureLue,
    description: 'Nulle si elle n’existe pas ou ne vous est pas accessible.',
  },
];
