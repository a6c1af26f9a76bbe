import { HorodatageScalaire } from '@sillage/dispositif-kit';
import { colonne, instant, type TypeLu } from '@sillage/read';
import { enumerationGraphql } from '../api/index.js';
import { DESTINATAIRES, NATURES_MESSAGE } from './message.entity.js';

const NatureMessageEnum = enumerationGraphql(NATURES_MESSAGE, 'NatureMessage', 'Ce que dit un message.');
const DestinataireEnum = enumerationGraphql(DESTINATAIRES, 'DestinataireMessage', 'À qui un message est adressé.');

/** Seen by who sees the candidature. */
export const messageLu: TypeLu = {
  nom: 'MessageCandidature',
  description: 'Ce que la plateforme dit d’une candidature (TRANS-21).',
  table: 'sillage.candidature_message',
  sansId: true,
  champs: {
    nature: colonne(() => NatureMessageEnum, 'nature'),
    destinataire: colonne(() => DestinataireEnum, 'destinataire'),
    texte: colonne(() => String, 'texte'),
    regle: colonne(() => String, 'regle', { description: 'Règle (docs/regles.md).' }),
    ecritLe: instant(() => HorodatageScalaire, 'ecrit_le'),
  },
};
