import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as attendre } from 'node:timers/promises';
import type { UrlsBase } from '@sillage/persistence';
import type { AddressInfo } from 'node:net';
import { DEPARTEMENT } from './comptes.js';
import type { NomServeur } from './options.js';
import { type Corps, corpsDeSonde } from './requetes.js';
import { CLE_MAITRE_ESSAI } from '../support/cle-maitre-essai.js';

const RACINE = join(import.meta.dirname, '../..');
const DELAI_DEMARRAGE_MS = 60_000;
const DELAI_ARRET_MS = 15_000;

const PROGRAMMES: Readonly<Record<NomServeur, string>> = {
  limite: 'test/perf/serveurs/limite.mjs',
  sillage: 'apps/gateway/dist/main.js',
  postgraphile: 'test/perf/serveurs/postgraphile.mjs',
  ordinaire: 'test/perf/serveurs/ordinaire/dist/main.js',
};

/** What docker/Dockerfile gives to the gateway, given to every server: what requests leave is swept less often. */
const MEMOIRE_DES_REQUETES = '--max-semi-space-size=64';

/** A server ended, refused or stayed silent; the message holds what it wrote. */
export class ServeurMuet extends Error {}

/** What every server is given. */
export interface Conditions {
  readonly urls: UrlsBase;
  readonly emetteur: { readonly env: Readonly<Record<string, string>>; jeton(sub: string): Promise<string> };
  /** Connections of each to PostgreSQL. */
  readonly pool: number;
  /** Put before the command: the core that it runs on. */
  readonly prefixe: readonly string[];
}

export interface Serveur {
  readonly nom: NomServeur;
  readonly pid: number;
  readonly url: string;
  /** From its launch to its first answer. */
  readonly demarrageMs: number;
  /** What every request of that account carries. */
  entetes(compte: string): Promise<Record<string, string>>;
  arreter(): Promise<void>;
}

/** Starts a server in production and waits for its first answer. @throws ServeurMuet */
export async function demarrerServeur(nom: NomServeur, conditions: Conditions, compte: string): Promise<Serveur> {
  const port = await portLibre();
  const [commande = process.execPath, ...args] = [
    ...conditions.prefixe,
    process.execPath,
    join(RACINE, PROGRAMMES[nom]),
  ];
  const debut = performance.now();
  const enfant = spawn(commande, args, {
    cwd: RACINE,
    // Its log is written, as it would be, and read by nobody.
    stdio: ['ignore', 'ignore', 'pipe'],
    env: environnement(nom, port, conditions),
  });
  let erreurs = '';
  enfant.stderr.setEncoding('utf8').on('data', (morceau: string) => (erreurs = `${erreurs}${morceau}`.slice(-4_000)));
  const url = `http://127.0.0.1:${port}`;
  const entetes = async (sub: string): Promise<Record<string, string>> => ({
    'content-type': 'application/json',
    'x-departement': DEPARTEMENT,
    authorization: `Bearer ${await conditions.emetteur.jeton(sub)}`,
  });
  try {
    await premiereReponse(enfant, url, await entetes(compte), corpsDeSonde(nom, DEPARTEMENT));
  } catch (cause) {
    await arreter(enfant);
    throw new ServeurMuet(`Le serveur ${nom} ne répond pas : ${(cause as Error).message}\n${erreurs}`, { cause });
  }
  return {
    nom,
    pid: enfant.pid ?? 0,
    url,
    demarrageMs: performance.now() - debut,
    entetes,
    arreter: () => arreter(enfant),
  };
}

/** Sends one request and gives its `data`. @throws Error when the answer holds errors, or is not 200 */
export async function demander(
  url: string,
  entetes: Readonly<Record<string, string>>,
  corps: Corps,
): Promise<Record<string, unknown>> {
  const reponse = await fetch(`${url}/graphql`, { method: 'POST', headers: entetes, body: JSON.stringify(corps) });
  const texte = await reponse.text();
  const { data, errors } = JSON.parse(texte) as { data?: Record<string, unknown> | null; errors?: unknown };
  if (reponse.status === 200 && errors === undefined && data) return data;
  throw new Error(
    `${corps.operationName} ${JSON.stringify(corps.variables)} : ${reponse.status} ${texte.slice(0, 1_000)}`,
  );
}

/** Each reads the variables that it knows: Sillage's are in docs/configuration.md. */
function environnement(nom: NomServeur, port: number, { urls, emetteur, pool }: Conditions): NodeJS.ProcessEnv {
  const commun = {
    PATH: process.env['PATH'],
    NODE_ENV: 'production',
    NODE_OPTIONS: MEMOIRE_DES_REQUETES,
    DATABASE_URL: urls.urlApp,
    PG_CONNEXIONS: String(pool),
    ...emetteur.env,
  };
  if (nom !== 'sillage') return { ...commun, GRAPHILE_ENV: 'production', PORT: String(port) };
  return {
    ...commun,
    DATABASE_URL_FILE: urls.urlFile,
    CLE_MAITRE: CLE_MAITRE_ESSAI,
    ADRESSE: '127.0.0.1',
    PORT_GATEWAY: String(port),
    // A load of one's own is no caller that asks too much; what is spent is counted all the same.
    LIMITE_POINTS_PAR_MINUTE: '999999999',
  };
}

async function premiereReponse(
  enfant: ChildProcess,
  url: string,
  entetes: Readonly<Record<string, string>>,
  corps: Corps,
): Promise<void> {
  for (const limite = performance.now() + DELAI_DEMARRAGE_MS; ; await attendre(5)) {
    try {
      await demander(url, entetes, corps);
      return;
    } catch (erreur) {
      if (enfant.exitCode !== null || enfant.signalCode !== null) throw new Error('il s’est arrêté', { cause: erreur });
      // An answer, even of refusal, says that waiting longer is useless; a refused connection does not.
      if (!(erreur instanceof TypeError) || performance.now() > limite) throw erreur;
    }
  }
}

async function arreter(enfant: ChildProcess): Promise<void> {
  if (enfant.exitCode !== null || enfant.signalCode !== null) return;
  const fin = once(enfant, 'exit');
  enfant.kill('SIGTERM');
  const force = setTimeout(() => enfant.kill('SIGKILL'), DELAI_ARRET_MS);
  await fin;
  clearTimeout(force);
}

async function portLibre(): Promise<number> {
  const serveur = createServer();
  await new Promise<void>((pret, echec) => serveur.once('error', echec).listen(0, '127.0.0.1', pret));
  const { port } = serveur.address() as AddressInfo;
  await new Promise((fin) => serveur.close(fin));
  return port;
}
