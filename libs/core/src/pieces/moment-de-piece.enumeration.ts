import { MOMENTS_DE_PIECE } from '@sillage/dispositif-kit';
import { enumerationGraphql } from '../api/index.js';

export const MomentDePieceEnum = enumerationGraphql(
  MOMENTS_DE_PIECE,
  'MomentDePiece',
  'À quelle étape se joint une pièce.',
);
