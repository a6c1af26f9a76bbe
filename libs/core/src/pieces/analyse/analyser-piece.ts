import { definirJob } from '@sillage/jobs';
import { z } from 'zod';

/** Looks for malware in a piece; `essai` counts the times when the scanner could not be asked. */
export const analyserPiece = definirJob({
  nom: 'pieces.analyser',
  file: 'pieces',
  charge: z.strictObject({ pieceId: z.uuid(), essai: z.int().min(0) }),
});

/** Every night: tickets that have expired, files that no row names, pieces that still wait. */
export const balayerPieces = definirJob({
  nom: 'pieces.balayer',
  file: 'pieces',
  charge: z.strictObject({}),
});
