import { randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MotsDePasse } from '../roles-postgres.js';

/** The embedded server's passwords, kept next to the data that they open: the superuser's, and one a role. */
export interface Secrets extends MotsDePasse {
  readonly administrateur: string;
}

const FICHIER = 'secrets-postgres.json';

/** Those of an earlier start, or null. */
export async function lireSecrets(lieu: string): Promise<Secrets | null> {
  const texte = await readFile(join(lieu, FICHIER), 'utf8').catch(() => null);
  return texte === null ? null : (JSON.parse(texte) as Secrets);
}

/** Draws new ones, readable by whoever started Sillage, and not even by PostgreSQL's account. */
export async function creerSecrets(lieu: string): Promise<Secrets> {
  const tirer = (): string => randomBytes(24).toString('base64url');
  const secrets: Secrets = { administrateur: tirer(), proprietaire: tirer(), app: tirer(), file: tirer() };
  await rm(join(lieu, FICHIER), { force: true });
  await writeFile(join(lieu, FICHIER), JSON.stringify(secrets), { mode: 0o600, flag: 'wx' });
  return secrets;
}
