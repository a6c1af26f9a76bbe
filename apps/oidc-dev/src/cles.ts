import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import type { JWK } from 'jose';
import { MACHINES_DEMO } from './comptes-demo.js';

export const ALGORITHME_JETONS = 'RS256';
export const ALGORITHME_MACHINES = 'ES256';

export interface Cles {
  /** Private keys that sign the tokens. */
  readonly signature: readonly JWK[];
  /** Secrets that sign the cookies of the login page. */
  readonly temoins: readonly string[];
  /** Private key of each machine, by its `sub`; the provider publishes none of them and knows only the public half. */
  readonly machines: ReadonlyMap<string, JWK>;
}

/** The provider's keys: made at the first start, kept in this folder, so that tokens outlive a restart. */
export async function ouvrirCles(dossier: string): Promise<Cles> {
  const { signature, temoins } = await lireOuCreer(join(dossier, 'cles.json'), async () => ({
    signature: [await genererCle(ALGORITHME_JETONS)],
    temoins: [randomBytes(32).toString('base64url')],
  }));
  const machines = new Map<string, JWK>();
  for (const { sub } of MACHINES_DEMO) {
    machines.set(sub, await lireOuCreer(fichierMachine(dossier, sub), () => genererCle(ALGORITHME_MACHINES)));
  }
  return { signature, temoins, machines };
}

/** What a machine of the demonstration signs its requests with. @throws Error before the provider's first start. */
export async function lireCleMachine(dossier: string, sub: string): Promise<JWK> {
  if (!MACHINES_DEMO.some((machine) => machine.sub === sub))
    throw new Error(`« ${sub} » n’est pas une machine de démonstration.`);
  return JSON.parse(await readFile(fichierMachine(dossier, sub), 'utf8')) as JWK;
}

function fichierMachine(dossier: string, sub: string): string {
  return join(dossier, 'machines', `${sub}.json`);
}

async function genererCle(alg: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), use: 'sig', alg };
}

/** Written aside then renamed: a start that is interrupted leaves no half of a file. */
async function lireOuCreer<T>(fichier: string, creer: () => Promise<T>): Promise<T> {
  try {
    return JSON.parse(await readFile(fichier, 'utf8')) as T;
  } catch (erreur) {
    if ((erreur as NodeJS.ErrnoException).code !== 'ENOENT') throw erreur;
  }
  const valeur = await creer();
  await mkdir(dirname(fichier), { recursive: true, mode: 0o700 });
  const brouillon = `${fichier}.${process.pid}`;
  await writeFile(brouillon, JSON.stringify(valeur, null, 2), { mode: 0o600 });
  await rename(brouillon, fichier);
  return valeur;
}
