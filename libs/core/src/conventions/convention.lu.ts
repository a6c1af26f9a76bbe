import { DateCivileScalaire, HorodatageScalaire, MontantScalaire } from '@sillage/dispositif-kit';
import {
  calcule,
  colonne,
  egal,
  euros,
  identifiant,
  instant,
  jour,
  liste,
  parmi,
  type Racine,
  repris,
  type TypeLu,
  un,
} from '@sillage/read';
import { ID } from '@nestjs/graphql';
import { champsDuDroit } from '../api/dossier-lu.js';
import { ActionPossible, enumerationGraphql, ExplicationType, presenterExplication } from '../api/index.js';
import { DERNIERS_D_ABORD, PREMIERS_D_ABORD } from '../api/ordre.js';
import { piecesDe } from '../pieces/piece.lu.js';
import { structureLue } from '../structures/index.js';
import { PAR_CODE, territoireLu } from '../territoires/index.js';
import { versementLu } from '../versements/versement.lu.js';
import { SuiviAttenduType, SuivisAttendus } from '../suivis/suivi.attendus.js';
import { ActionsDeConvention } from './convention.actions.js';
import { avenantLu } from './avenant.lu.js';
import { ETATS_CONVENTION } from './convention.entity.js';
import { VieDeConventionType, ViesDesConventions } from './convention.etape.js';
import { NatureDeFinEnum, PartieEnum } from './parties.js';

export const EtatConventionEnum = enumerationGraphql(ETATS_CONVENTION, 'EtatConvention', 'Où en est une convention.');

const TERRITOIRES = 'sillage.convention_territoire';

const signatureLue: TypeLu = {
  nom: 'SignatureConvention',
  description: 'La signature d’une partie.',
  table: 'sillage.convention_signature',
  sansId: true,
  champs: {
    partie: colonne(() => PartieEnum, 'partie'),
    signeeLe: jour(() => DateCivileScalaire, 'signee_le'),
    qualite: colonne(() => String, 'qualite', { description: 'Qualité du signataire.' }),
  },
};

const finLue: TypeLu = {
  nom: 'FinDeConvention',
  description: 'Comment une partie met fin à la convention.',
  table: 'sillage.convention_fin',
  sansId: true,
  champs: {
    nature: colonne(() => NatureDeFinEnum, 'nature'),
    partie: colonne(() => PartieEnum, 'partie', { description: 'La partie qui y met fin.' }),
    envoyeeLe: jour(() => DateCivileScalaire, 'envoyee_le', { description: 'Jour d’envoi du courrier recommandé.' }),
    effetLe: jour(() => DateCivileScalaire, 'effet_le', { description: 'Dernier jour de la convention, inclus.' }),
    auAvant: jour(() => DateCivileScalaire, 'au_avant', { description: 'Son dernier jour, avant.' }),
    motif: colonne(() => String, 'motif'),
    explication: repris(() => ExplicationType, 'explication', presenterExplication, {
      description: 'Le dernier jour au plus tôt, et comment il a été trouvé.',
    }),
    prononceeLe: instant(() => HorodatageScalaire, 'prononcee_le'),
  },
};

/** Whose rows they are, and who may read them. */
export const lignesConvention = {
  table: 'sillage.convention',
  droits: {
    sujet: 'Convention',
    champs: champsDuDroit({ table: TERRITOIRES, cle: 'convention_id', suit: 'id' }),
  },
} as const satisfies Partial<TypeLu>;

/** What every dispositif's conventions have in common; each adds its terms (`conventionDuDispositif`). */
export const conventionLue: TypeLu = {
  nom: 'Convention',
  description: 'Ce que le Département et le porteur signent. Chaque dispositif a la sienne, avec ses termes.',
  ...lignesConvention,
  selon: 'dispositif',
  champs: {
    numero: colonne(() => String, 'numero', { description: 'Numéro lisible, par exemple CONV-62-2026-000003.' }),
    candidatureId: identifiant(() => ID, 'Candidature', 'candidature_id'),
    dispositif: colonne(() => String, 'dispositif', { description: 'Code du dispositif.' }),
    etat: colonne(() => EtatConventionEnum, 'etat'),
    structure: un(() => structureLue, { par: 'structure_id' }),
    territoires: liste(() => territoireLu, {
      via: { table: TERRITOIRES, vers: 'territoire_id' },
      par: 'convention_id',
      ordre: PAR_CODE,
    }),
    du: jour(() => DateCivileScalaire, 'du'),
    au: jour(() => DateCivileScalaire, 'au', { description: 'Dernier jour, inclus.' }),
    montant: euros(() => MontantScalaire, 'montant_centimes'),
    plafond: repris(() => ExplicationType, 'plafond', presenterExplication, {
      description: 'Le plafond, tel qu’il a été calculé le jour du projet.',
    }),
    signatures: liste(() => signatureLue, { par: 'convention_id', ordre: PREMIERS_D_ABORD }),
    signeeLe: jour(() => DateCivileScalaire, 'signee_le', {
      nullable: true,
      description: 'Jour de la dernière signature (AMB-097).',
    }),
    avenants: liste(() => avenantLu, {
      par: 'convention_id',
      ordre: PREMIERS_D_ABORD,
      description: 'Ce qui l’a changée, ou va la changer.',
    }),
    fins: liste(() => finLue, {
      par: 'convention_id',
      ordre: PREMIERS_D_ABORD,
      description: 'Ce qui la fait finir avant son terme, par la volonté d’une partie.',
    }),
    vie: calcule(
      () => VieDeConventionType,
      () => ViesDesConventions,
      { description: 'Où elle en est aujourd’hui : en vigueur, échue, dénoncée ou résiliée ; et si son bilan est dû.' },
    ),
    pieces: piecesDe('convention_id'),
    versements: liste(() => versementLu, { par: 'convention_id', ordre: PREMIERS_D_ABORD }),
    suivisAttendus: calcule(
      () => [SuiviAttenduType],
      () => SuivisAttendus,
      {
        description: 'Les suivis que le dispositif demande, période par période : ce qui est dû, ce qui est en retard.',
      },
    ),
    creeLe: instant(() => HorodatageScalaire, 'cree_le'),
    modifieLe: instant(() => HorodatageScalaire, 'modifie_le'),
    actionsPossibles: calcule(
      () => [ActionPossible],
      () => ActionsDeConvention,
      { description: 'Ce que vous pouvez faire ensuite et, sinon, pourquoi.' },
    ),
  },
};

export const racinesConventions: readonly Racine[] = [
  {
    genre: 'page',
    nom: 'conventions',
    type: conventionLue,
    description: 'Les conventions que vous pouvez consulter, de la plus récente à la plus ancienne.',
    ordre: DERNIERS_D_ABORD,
    filtres: {
      dispositif: egal(() => String, 'dispositif', { description: 'Code d’un dispositif.' }),
      etats: parmi(() => EtatConventionEnum, 'etat'),
    },
  },
  {
    genre: 'un',
    nom: 'convention',
    type: conventionLue,
    description: 'Nulle si elle n’existe pas ou ne vous est pas accessible.',
  },
];
