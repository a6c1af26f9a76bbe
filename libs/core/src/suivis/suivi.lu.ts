import { DateCivileScalaire, HorodatageScalaire } from '@sillage/dispositif-kit';
import { colonne, egal, identifiant, instant, jour, parmi, type Racine, type TypeLu, un } from '@sillage/read';
import { ID, Int } from '@nestjs/graphql';
import { champsDuDroit } from '../api/dossier-lu.js';
import { enumerationGraphql } from '../api/index.js';
import { DERNIERS_D_ABORD } from '../api/ordre.js';
import { structureLue } from '../structures/index.js';
import { ETATS_SUIVI } from './suivi.entity.js';

const EtatSuiviEnum = enumerationGraphql(ETATS_SUIVI, 'EtatSuivi', 'Où en est un suivi.');

/** Whose rows they are, and who may read them: those who read the bilan of the same convention. */
export const lignesSuivi = {
  table: 'sillage.suivi',
  droits: {
    sujet: 'Bilan',
    champs: champsDuDroit({ table: 'sillage.convention_territoire', cle: 'convention_id', suit: 'convention_id' }),
  },
} as const satisfies Partial<TypeLu>;

/** What every report has in common; each declared one adds its fields (`suivisDuDispositif`). */
export const suiviLu: TypeLu = {
  nom: 'Suivi',
  description: 'Ce que le porteur dit d’une période d’une convention : un comité, un tableau mensuel.',
  ...lignesSuivi,
  selon: 'modele',
  champs: {
    numero: colonne(() => String, 'numero', { description: 'Numéro lisible, par exemple SUI-62-2026-000003.' }),
    conventionId: identifiant(() => ID, 'Convention', 'convention_id'),
    dispositif: colonne(() => String, 'dispositif', { description: 'Code du dispositif.' }),
    structure: un(() => structureLue, { par: 'structure_id' }),
    rang: colonne(() => Int, 'rang', { description: 'Rang de la période : 1, 2, 3…' }),
    du: jour(() => DateCivileScalaire, 'du'),
    au: jour(() => DateCivileScalaire, 'au', { description: 'Dernier jour de la période, inclus.' }),
    echeance: jour(() => DateCivileScalaire, 'echeance', { description: 'Dernier jour pour le remettre, inclus.' }),
    etat: colonne(() => EtatSuiviEnum, 'etat'),
    version: colonne(() => Int, 'version', {
      description: 'À rappeler pour confirmer ou renvoyer ce que vous avez lu.',
    }),
    motif: colonne(() => String, 'motif', { nullable: true, description: 'Pourquoi il a été renvoyé.' }),
    remisLe: instant(() => HorodatageScalaire, 'remis_le'),
    confirmeLe: instant(() => HorodatageScalaire, 'confirme_le', { nullable: true }),
  },
};

export const racinesSuivis: readonly Racine[] = [
  {
    genre: 'page',
    nom: 'suivis',
    type: suiviLu,
    description: 'Les suivis que vous pouvez consulter, du plus récent au plus ancien.',
    ordre: DERNIERS_D_ABORD,
    filtres: {
      dispositif: egal(() => String, 'dispositif', { description: 'Code d’un dispositif.' }),
      etats: parmi(() => EtatSuiviEnum, 'etat'),
    },
  },
  { genre: 'un', nom: 'suivi', type: suiviLu, description: 'Nul s’il n’existe pas ou ne vous est pas accessible.' },
];
