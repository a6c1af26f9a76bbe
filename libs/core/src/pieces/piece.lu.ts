import { HorodatageScalaire, TYPES_DE_PIECE, type TypeDePiece } from '@sillage/dispositif-kit';
import { calcule, type Champ, chiffre, colonne, instant, type Ligne, liste, repris, type TypeLu } from '@sillage/read';
import { Int } from '@nestjs/graphql';
import { ActionPossible, enumerationGraphql } from '../api/index.js';
import { PREMIERS_D_ABORD } from '../api/ordre.js';
import { MomentDePieceEnum } from './moment-de-piece.enumeration.js';
import { ActionsDePiece } from './piece.actions.js';
import { ANALYSES_PIECE, ETATS_PIECE } from './piece.entity.js';

export const EtatPieceEnum = enumerationGraphql(ETATS_PIECE, 'EtatPiece', 'Où en est une pièce.');
const AnalysePieceEnum = enumerationGraphql(ANALYSES_PIECE, 'AnalysePiece', 'Ce qu’un scanner a dit d’une pièce.');

/** Seen by who sees its dossier; its bytes are given by `GET /pieces/:id`, once released. */
export const pieceLue: TypeLu = {
  nom: 'Piece',
  description: 'Une pièce jointe à un dossier. Son contenu se télécharge par `GET /pieces/<id>`, une fois libéré.',
  table: 'sillage.piece',
  champs: {
    code: colonne(() => String, 'code', { description: 'Code de la pièce, tel que le dispositif le déclare.' }),
    quand: colonne(() => MomentDePieceEnum, 'quand'),
    nom: chiffre(() => String, 'nom', { nominatif: true, description: 'Nom du fichier, nettoyé.' }),
    type: repris(
      () => String,
      'type',
      (type: TypeDePiece) => TYPES_DE_PIECE[type].mime,
      {
        description: 'Type de contenu, vérifié sur les octets.',
      },
    ),
    taille: colonne(() => Int, 'taille', { description: 'En octets.' }),
    empreinte: colonne(() => String, 'empreinte', { description: 'SHA-256, en hexadécimal.' }),
    etat: colonne(() => EtatPieceEnum, 'etat'),
    analyse: colonne(() => AnalysePieceEnum, 'verdict', {
      nullable: true,
      description: 'Nulle tant qu’elle est attendue.',
    }),
    motif: colonne(() => String, 'motif', { nullable: true, description: 'Pourquoi le siège l’a libérée ou refusée.' }),
    recueLe: instant(() => HorodatageScalaire, 'recue_le'),
    remplaceeLe: instant(() => HorodatageScalaire, 'remplacee_le', {
      nullable: true,
      description: 'Depuis quand une autre a pris sa place.',
    }),
    actionsPossibles: calcule(
      () => [ActionPossible],
      () => ActionsDePiece,
      { description: 'Ce que vous pouvez en faire et, sinon, pourquoi.' },
    ),
  },
};

/** The pieces that hang on this row, in the order in which they came. */
export function piecesDe(par: 'candidature_id' | 'convention_id'): Champ {
  return liste(() => pieceLue, { par, ordre: PREMIERS_D_ABORD, description: 'Les pièces jointes.' });
}

/** Those of a bilan hang on its convention: they come before it. */
export const piecesDuBilan: Champ = {
  genre: 'liste',
  vers: () => pieceLue,
  ordre: PREMIERS_D_ABORD,
  depuis: (bilan: Ligne, piece: Ligne) => ({
    from: `sillage.piece ${piece.alias}`,
    where: `${piece.colonne('departement_id')} = ${bilan.colonne('departement_id')}
      and ${piece.colonne('convention_id')} = ${bilan.colonne('convention_id')} and ${piece.colonne('quand')} = 'BILAN'`,
  }),
  description: 'Les pièces jointes au bilan.',
};
