import { DateCivileScalaire, HorodatageScalaire, MontantScalaire } from '@sillage/dispositif-kit';
import { colonne, euros, instant, jour, liste, repris, type TypeLu } from '@sillage/read';
import { enumerationGraphql, ExplicationType, presenterExplication } from '../api/index.js';
import { PREMIERS_D_ABORD } from '../api/ordre.js';
import { JsonScalaire } from '../dispositifs/json.scalaire.js';
import { ETATS_AVENANT } from './avenant.entity.js';
import { PartieEnum } from './parties.js';

const EtatAvenantEnum = enumerationGraphql(ETATS_AVENANT, 'EtatAvenant', 'Où en est un avenant.');

const signatureLue: TypeLu = {
  nom: 'SignatureAvenant',
  description: 'La signature d’une partie.',
  table: 'sillage.avenant_signature',
  sansId: true,
  champs: {
    partie: colonne(() => PartieEnum, 'partie'),
    signeeLe: jour(() => DateCivileScalaire, 'signee_le'),
    qualite: colonne(() => String, 'qualite', { description: 'Qualité du signataire.' }),
  },
};

/** Seen by who sees the convention. */
export const avenantLu: TypeLu = {
  nom: 'Avenant',
  description: 'Ce que devient une convention à partir d’un jour, et ce qu’elle était avant.',
  table: 'sillage.avenant',
  champs: {
    numero: colonne(() => String, 'numero', { description: 'Numéro lisible, par exemple AVEN-62-2026-000003.' }),
    etat: colonne(() => EtatAvenantEnum, 'etat'),
    effetLe: jour(() => DateCivileScalaire, 'effet_le', { description: 'Premier jour où il vaut.' }),
    au: jour(() => DateCivileScalaire, 'au', { description: 'Dernier jour de la convention, inclus.' }),
    montant: euros(() => MontantScalaire, 'montant_centimes', { description: 'Participation, en tout.' }),
    termes: colonne(() => JsonScalaire, 'termes', { description: 'Ce à quoi la convention engage, en entier.' }),
    champs: colonne(() => JsonScalaire, 'champs', {
      nominatif: true,
      description: 'Champs de la candidature qu’il remplace.',
    }),
    avant: colonne(() => JsonScalaire, 'avant', { description: 'Fin, montant et termes d’avant.' }),
    plafond: repris(() => ExplicationType, 'plafond', presenterExplication),
    motif: colonne(() => String, 'motif'),
    signatures: liste(() => signatureLue, { par: 'avenant_id', ordre: PREMIERS_D_ABORD }),
    signeLe: jour(() => DateCivileScalaire, 'signe_le', {
      nullable: true,
      description: 'Jour de la dernière signature.',
    }),
    creeLe: instant(() => HorodatageScalaire, 'cree_le'),
  },
};
