import { resolve } from 'node:path';

/** Root of the clone: the console runs from `apps/console/dist`. */
export const RACINE = resolve(import.meta.dirname, '../../..');

/** Ignored folder that holds what the demonstration keeps: data, passwords, clock, logs. */
export const DOSSIER = resolve(RACINE, process.env['SILLAGE_DOSSIER'] ?? '.sillage');
