export { Clamd } from './analyse/clamd.js';
export type { Scanner } from './analyse/scanner.js';
export type { DepotDePieces } from './depot/depot-de-pieces.js';
export { DepotDisque } from './depot/depot-disque.js';
export { type OptionsPieces, SANS_PIECES } from './options-pieces.js';
export { Piece, PieceTicket } from './piece.entity.js';
export { PiecesModule } from './pieces.module.js';
export { type PieceRecue, ReceptionService } from './reception.service.js';
export { type PieceRemise, TelechargementService } from './telechargement.service.js';
