import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MotsDePasse, tirerMotsDePasse } from '@sillage/persistence';
import { RefusConsole } from '../commande.js';

export const FICHIER_CLE_MAITRE = 'cle-maitre.txt';

/** The passwords of the database roles: each drawn once, kept in the data folder where only its owner reads them. */
export function motsDePasse(dossier: string): MotsDePasse {
  const fichier = join(dossier, 'secrets.json');
  const lus = existsSync(fichier) ? lire(fichier) : {};
  const mots = { ...tirerMotsDePasse(), ...lus };
  writeFileSync(fichier, JSON.stringify(mots, null, 2), { mode: 0o600 });
  return mots;
}

/** The master key of the demonstration's data: drawn once, and lost with the data by `--reset`. In base64. */
export function cleMaitre(dossier: string): string {
  const fichier = join(dossier, FICHIER_CLE_MAITRE);
  if (!existsSync(fichier)) writeFileSync(fichier, randomBytes(32).toString('base64'), { mode: 0o600 });
  return readFileSync(fichier, 'utf8').trim();
}

function lire(fichier: string): Partial<MotsDePasse> {
  try {
    const lus = JSON.parse(readFileSync(fichier, 'utf8')) as Partial<MotsDePasse>;
    if (lus.proprietaire && lus.app && lus.file) return lus;
  } catch {
    // Unreadable or incomplete: said below, in one way.
  }
  throw new RefusConsole(`${fichier} est illisible : « npm start -- --reset » en tire de nouveaux.`);
}
