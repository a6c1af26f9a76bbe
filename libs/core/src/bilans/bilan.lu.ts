import { HorodatageScalaire } from '@sillage/dispositif-kit';
import { calcule, colonne, egal, identifiant, instant, parmi, type Racine, type TypeLu, un } from '@sillage/read';
import { ID, Int } from '@nestjs/graphql';
import { champsDuDroit } from '../api/dossier-lu.js';
import { ActionPossible, enumerationGraphql } from '../api/index.js';
import { DERNIERS_D_ABORD } from '../api/ordre.js';
import { piecesDuBilan } from '../pieces/piece.lu.js';
import { structureLue } from '../structures/index.js';
import { ActionsDeBilan } from './bilan.actions.js';
import { ETATS_BILAN } from './bilan.entity.js';

const EtatBilanEnum = enumerationGraphql(ETATS_BILAN, 'EtatBilan', 'Où en est un bilan.');

/** Whose rows they are, and who may read them. */
export const lignesBilan = {
  table: 'sillage.bilan',
  droits: {
    sujet: 'Bilan',
    champs: champsDuDroit({ table: 'sillage.convention_territoire', cle: 'convention_id', suit: 'convention_id' }),
  },
} as const satisfies Partial<TypeLu>;

/** What every dispositif's bilans have in common; each adds what it asks (`bilanDuDispositif`). */
export const bilanLu: TypeLu = {
  nom: 'Bilan',
  description: 'Ce qui a été fait au titre d’une convention : le porteur le remet, le service le confirme.',
  ...lignesBilan,
  selon: 'dispositif',
  champs: {
    numero: colonne(() => String, 'numero', { description: 'Numéro lisible, par exemple BIL-62-2026-000003.' }),
    conventionId: identifiant(() => ID, 'Convention', 'convention_id'),
    dispositif: colonne(() => String, 'dispositif', { description: 'Code du dispositif.' }),
    structure: un(() => structureLue, { par: 'structure_id' }),
    etat: colonne(() => EtatBilanEnum, 'etat'),
    version: colonne(() => Int, 'version', {
      description: 'À rappeler pour confirmer ou renvoyer ce que vous avez lu.',
    }),
    motif: colonne(() => String, 'motif', {
      nullable: true,
      description: 'Pourquoi il a été renvoyé, ou ce que le service a changé.',
    }),
    pieces: piecesDuBilan,
    remisLe: instant(() => HorodatageScalaire, 'remis_le'),
    confirmeLe: instant(() => HorodatageScalaire, 'confirme_le', { nullable: true }),
    actionsPossibles: calcule(
      () => [ActionPossible],
      () => ActionsDeBilan,
      { description: 'Ce que vous pouvez faire ensuite et, sinon, pourquoi.' },
    ),
  },
};

export const racinesBilans: readonly Racine[] = [
  {
    genre: 'page',
    nom: 'bilans',
    type: bilanLu,
    description: 'Les bilans que vous pouvez consulter, du plus récent au plus ancien.',
    ordre: DERNIERS_D_ABORD,
    filtres: {
      dispositif: egal(() => String, 'dispositif', { description: 'Code d’un dispositif.' }),
      etats: parmi(() => EtatBilanEnum, 'etat'),
    },
  },
  {
    genre: 'un',
    nom: 'bilan',
    type: bilanLu,
    description: 'Nul s’il n’existe pas ou ne vous est pas accessible.',
  },
];
