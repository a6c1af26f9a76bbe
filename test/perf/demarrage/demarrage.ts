import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as attendre } from 'node:timers/promises';
import { cpuMs } from '../compteurs.js';
import type { Banc } from './banc.js';

export interface OptionsDemarrage {
  readonly principal: string;
  readonly banc: Banc;
  /** Words before `node`, such as `taskset -c 1`. */
  readonly prefixe: readonly string[];
  /** Words between `node` and the module, such as `--cpu-prof`. */
  readonly optionsNode: readonly string[];
}

const REQUETE = '{ __typename territoires { code } }';
const PAS_MS = 4;
const DELAI_MS = 60_000;

/** Milliseconds. */
export interface Mesure {
  readonly duree: number;
  /** Of the processor, spent by the gateway in that time: what a busy machine changes least. Known on Linux only. */
  readonly processeur: number | undefined;
}

/**
 * From the spawn of a gateway to its first good answer to a small authenticated query, which reads the database.
 * @throws Error with what the process wrote when it ends first, answers something else, or nothing for a minute
 */
export async function mesurerDemarrage(options: OptionsDemarrage): Promise<Mesure> {
  const { principal, banc, prefixe, optionsNode } = options;
  const port = await portLibre();
  const [commande = process.execPath, ...mots] = [...prefixe, process.execPath, ...optionsNode, principal];
  const depart = performance.now();
  const enfant = spawn(commande, mots, {
    env: { PATH: process.env['PATH'], ...banc.env, PORT_GATEWAY: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let dit = '';
  for (const flux of [enfant.stdout, enfant.stderr]) flux.setEncoding('utf8').on('data', (t: string) => (dit += t));
  try {
    while (performance.now() - depart < DELAI_MS) {
      if (enfant.exitCode !== null) break;
      const reponse = await demander(port, banc.jeton);
      if (reponse !== undefined) {
        const mesure = { duree: performance.now() - depart, processeur: cpuMs(enfant.pid ?? 0) };
        if (reponse.includes('"errors"')) throw new Error(`Réponse inattendue : ${reponse}\n${dit}`);
        return mesure;
      }
      await attendre(PAS_MS);
    }
    throw new Error(`Le gateway n’a pas répondu :\n${dit}`);
  } finally {
    await arreter(enfant);
  }
}

/** The answer's text, or undefined while nobody listens. */
async function demander(port: number, jeton: string): Promise<string | undefined> {
  try {
    const reponse = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${jeton}` },
      body: JSON.stringify({ query: REQUETE }),
    });
    return await reponse.text();
  } catch {
    return undefined;
  }
}

async function arreter(enfant: ChildProcess): Promise<void> {
  if (enfant.exitCode !== null || enfant.signalCode !== null) return;
  enfant.kill('SIGTERM');
  await once(enfant, 'exit');
}

async function portLibre(): Promise<number> {
  const serveur = createServer();
  await new Promise<void>((pret) => serveur.listen(0, '127.0.0.1', pret));
  const { port } = serveur.address() as AddressInfo;
  await new Promise((fin) => serveur.close(fin));
  return port;
}
