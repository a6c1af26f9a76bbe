import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MotsDePasse, tirerMotDePasse, tirerMotsDePasse } from '../mots-de-passe.js';

/** The embedded server's passwords, kept next to the data that they open: the superuser's, and one a role. */
export interface Secrets extends MotsDePasse {
  readonly administrateur: string;
}

const FICHIER = 'secrets-postgres.json';

/** Those of an earlier start, or null. Roles that did not exist then are given theirs now. */
export async function lireSecrets(lieu: string): Promise<Secrets | null> {
  const texte = await readFile(join(lieu, FICHIER), 'utf8').catch(() => null);
  if (texte === null) return null;
  const lus = JSON.parse(texte) as Partial<Secrets> & Pick<Secrets, 'administrateur'>;
  const secrets = { ...tirerMotsDePasse(), ...lus };
  if (Object.keys(secrets).length > Object.keys(lus).length) await ecrire(lieu, secrets);
  return secrets;
}

/** Draws new ones, readable by whoever started Sillage, and not even by PostgreSQL's account. */
export async function creerSecrets(lieu: string): Promise<Secrets> {
  const secrets: Secrets = { administrateur: tirerMotDePasse(), ...tirerMotsDePasse() };
  await ecrire(lieu, secrets);
  return secrets;
}

async function ecrire(lieu: string, secrets: Secrets): Promise<void> {
  await rm(join(lieu, FICHIER), { force: true });
  await writeFile(join(lieu, FICHIER), JSON.stringify(secrets), { mode: 0o600, flag: 'wx' });
}
