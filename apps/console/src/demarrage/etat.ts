import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RefusConsole } from '../commande.js';

/** Where the demonstration that runs can be reached: read by `jeton`, which is another process. */
export interface EtatDemonstration {
  readonly graphql: string;
  /** Where the identity provider listens; its issuer may have kept the name of another port. */
  readonly oidc: string;
  readonly emetteur: string;
}

const FICHIER = 'demonstration.json';

export function noterEtat(dossier: string, etat: EtatDemonstration): void {
  writeFileSync(join(dossier, FICHIER), JSON.stringify(etat, null, 2));
}

export function oublierEtat(dossier: string): void {
  rmSync(join(dossier, FICHIER), { force: true });
}

/** @throws RefusConsole when nothing runs. */
export function lireEtat(dossier: string): EtatDemonstration {
  try {
    return JSON.parse(readFileSync(join(dossier, FICHIER), 'utf8')) as EtatDemonstration;
  } catch {
    throw new RefusConsole('La démonstration ne tourne pas : lancez « npm start » dans un autre terminal.');
  }
}
