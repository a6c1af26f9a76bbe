import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MotsDePasse } from '@sillage/persistence';
import { RefusConsole } from '../commande.js';

const OCTETS = 24;

export const FICHIER_CLE_MAITRE = 'cle-maitre.txt';

/** The passwords of the three database roles: drawn once, kept in the data folder where only its owner reads them. */
export function motsDePasse(dossier: string): MotsDePasse {
  const fichier = join(dossier, 'secrets.json');
  if (existsSync(fichier)) return lire(fichier);
  const tires = { proprietaire: tirer(), app: tirer(), file: tirer() };
  writeFileSync(fichier, JSON.stringify(tires, null, 2), { mode: 0o600 });
  return tires;
}

/** The master key of the demonstration's data: drawn once, and lost with the data by `--reset`. In base64. */
export function cleMaitre(dossier: string): string {
  const fichier = join(dossier, FICHIER_CLE_MAITRE);
  if (!existsSync(fichier)) writeFileSync(fichier, randomBytes(32).toString('base64'), { mode: 0o600 });
  return readFileSync(fichier, 'utf8').trim();
}

function lire(fichier: string): MotsDePasse {
  try {
    const { proprietaire, app, file } = JSON.parse(readFileSync(fichier, 'utf8')) as Partial<MotsDePasse>;
    if (proprietaire && app && file) return { proprietaire, app, file };
  } catch {
    // Unreadable or incomplete: said below, in one way.
  }
  throw new RefusConsole(`${fichier} est illisible : « npm start -- --reset » en tire de nouveaux.`);
}

function tirer(): string {
  return randomBytes(OCTETS).toString('base64url');
}
