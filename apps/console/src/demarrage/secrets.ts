import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MotsDePasse } from '@sillage/persistence';
import { RefusConsole } from '../commande.js';

const OCTETS = 24;

/** The passwords of the three database roles: drawn once, kept in the data folder where only its owner reads them. */
export function motsDePasse(dossier: string): MotsDePasse {
  const fichier = join(dossier, 'secrets.json');
  if (existsSync(fichier)) return lire(fichier);
  const tires = { proprietaire: tirer(), app: tirer(), file: tirer() };
  writeFileSync(fichier, JSON.stringify(tires, null, 2), { mode: 0o600 });
  return tires;
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
