import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as attendre } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { RefusConsole } from '../commande.js';

const DELAI_ARRET_MS = 15_000;
const DELAI_PRET_MS = 60_000;
const PAS_MS = 100;
const LIGNES_MONTREES = 20;

export interface OptionsProcessus {
  /** What the user calls it: « gateway ». */
  readonly nom: string;
  /** Path of its main module. */
  readonly entree: string;
  readonly env: NodeJS.ProcessEnv;
  /** File that receives what it writes. */
  readonly journal: string;
}

/** An application of ours in its own process, which ends with this one whatever happens (see `enfant.ts`). */
export class Processus {
  readonly nom: string;
  /** Why it ended, in French; settled when it has. */
  readonly fin: Promise<string>;
  readonly #enfant: ChildProcess;
  readonly #journal: string;
  #termine = false;

  constructor({ nom, entree, env, journal }: OptionsProcessus) {
    this.nom = nom;
    this.#journal = journal;
    const sortie = openSync(journal, 'w');
    const avant = new URL('./enfant.js', import.meta.url).href;
    // Its own process group: a Ctrl-C in the terminal is for `npm start` alone, which then stops each one in order.
    this.#enfant = spawn(process.execPath, ['--enable-source-maps', '--import', avant, entree], {
      detached: true,
      stdio: ['ignore', sortie, sortie, 'ipc'],
      env,
    });
    closeSync(sortie);
    this.fin = new Promise((resolve) => {
      const terminer = (raison: string): void => {
        this.#termine = true;
        resolve(raison);
      };
      this.#enfant.once('error', (erreur) => terminer(erreur.message));
      this.#enfant.once('exit', (code, signal) => terminer(signal === null ? `code ${code}` : `signal ${signal}`));
    });
  }

  /** Waits until `url` answers 200. @throws RefusConsole when the process ends first, or says nothing for a minute. */
  async attendre(url: string, arret: AbortSignal): Promise<void> {
    const limite = Date.now() + DELAI_PRET_MS;
    while (Date.now() < limite) {
      arret.throwIfAborted();
      if (this.#termine) throw this.accident(await this.fin);
      if (await repond(url)) return;
      await attendre(PAS_MS);
    }
    throw new RefusConsole(
      `${this.nom} n’est pas prêt après ${DELAI_PRET_MS / 1000} s (${url}).\n${this.#finDuJournal()}`,
    );
  }

  /** What to say when it ended unasked: the reason and the last lines that it wrote. */
  accident(raison: string): RefusConsole {
    return new RefusConsole(
      `${this.nom} s’est arrêté (${raison}). Journal : ${this.#journal}\n${this.#finDuJournal()}`,
    );
  }

  /** Asks it to stop, then kills it after fifteen seconds. */
  async arreter(): Promise<void> {
    if (this.#termine) return;
    this.#enfant.kill('SIGTERM');
    const patience = setTimeout(() => this.#enfant.kill('SIGKILL'), DELAI_ARRET_MS);
    await this.fin;
    clearTimeout(patience);
  }

  #finDuJournal(): string {
    return readFileSync(this.#journal, 'utf8').trimEnd().split('\n').slice(-LIGNES_MONTREES).join('\n');
  }
}

/** The path of an application's main module, next to the public one of its package. */
export function entreeDe(paquet: string): string {
  return fileURLToPath(new URL('./main.js', import.meta.resolve(paquet)));
}

async function repond(url: string): Promise<boolean> {
  try {
    const reponse = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await reponse.body?.cancel();
    return reponse.ok;
  } catch {
    return false;
  }
}
