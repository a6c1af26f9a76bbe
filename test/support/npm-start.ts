import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as attendre } from 'node:timers/promises';

const RACINE = join(import.meta.dirname, '../..');
const PATIENCE_MS = 200_000;
const DISPARITION_MS = 30_000;
const SORTIE_MS = 2_000;

/** `npm start` in a process group of its own, as a terminal gives it: Ctrl-C reaches the whole group. */
export class NpmStart {
  /** Exit code of npm, or null when a signal ended it. */
  readonly fin: Promise<number | null>;
  readonly #enfant: ChildProcess;
  #sortie = '';
  #termine = false;
  #famille: ProcessusVivant[] = [];

  constructor(args: readonly string[], env: Readonly<Record<string, string>>) {
    this.#enfant = spawn('npm', ['start', '--', ...args], { cwd: RACINE, detached: true, env: propre(env) });
    for (const flux of [this.#enfant.stdout, this.#enfant.stderr]) {
      flux?.on('data', (bout: Buffer) => (this.#sortie += bout.toString()));
    }
    // Those who outlive npm hold its output: it is awaited a little, not for ever.
    const fermee = new Promise((resolve) => this.#enfant.once('close', resolve));
    this.fin = new Promise((resolve) =>
      this.#enfant.once('exit', (code) => {
        this.#termine = true;
        void Promise.race([fermee, attendre(SORTIE_MS)]).then(() => resolve(code));
      }),
    );
  }

  get sortie(): string {
    return this.#sortie;
  }

  /** The URL that the last line gives; from then on the family of processes is known. */
  async pret(): Promise<string> {
    await this.dit('\nready http');
    this.noterFamille();
    return /^ready (\S+)$/m.exec(this.#sortie)![1]!;
  }

  async dit(texte: string): Promise<void> {
    const limite = Date.now() + PATIENCE_MS;
    while (!this.#sortie.includes(texte)) {
      if (this.#termine || Date.now() > limite) throw new Error(`« ${texte} » n’est pas venu :\n${this.#sortie}`);
      await attendre(50);
    }
  }

  ctrlC(): void {
    process.kill(-this.#enfant.pid!, 'SIGINT');
  }

  tuerNpm(): void {
    this.#enfant.kill('SIGKILL');
  }

  noterFamille(): void {
    this.#famille = descendants(this.#enfant.pid!);
  }

  /** The one whose command line matches. */
  membre(motif: RegExp): number {
    const trouve = this.#famille.find(({ commande }) => motif.test(commande));
    if (trouve === undefined) throw new Error(`${motif} n’est pas dans la famille.`);
    return trouve.pid;
  }

  /** The processes of the family that are still there, once they have had half a minute to end. */
  async restants(): Promise<ProcessusVivant[]> {
    const limite = Date.now() + DISPARITION_MS;
    for (;;) {
      const vivants = this.#famille.filter(({ pid, naissance }) => etat(pid)?.naissance === naissance);
      if (vivants.length === 0 || Date.now() >= limite) return vivants;
      await attendre(100);
    }
  }

  /** Stops whatever a test has left running. */
  async achever(): Promise<void> {
    if (this.#termine) return;
    this.ctrlC();
    await this.fin;
  }
}

/** Runs an npm command to its end; `sortie` is its standard output. */
export async function npm(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; sortie: string }> {
  const enfant = spawn('npm', args, { cwd: RACINE, env: propre(env) });
  let sortie = '';
  enfant.stdout.on('data', (bout: Buffer) => (sortie += bout.toString()));
  const code = await new Promise<number | null>((fin) => enfant.once('close', fin));
  return { code, sortie };
}

export interface ProcessusVivant {
  readonly pid: number;
  readonly parent: number;
  /** In ticks since the machine started: tells apart two processes that had the same number. */
  readonly naissance: string;
  readonly commande: string;
}

/** PostgreSQL, its guardian and the applications each have a session of their own, but keep their parents. */
function descendants(pid: number): ProcessusVivant[] {
  const tous = readdirSync('/proc').flatMap((nom) => (/^\d+$/.test(nom) ? (etat(Number(nom)) ?? []) : []));
  const trouves = tous.filter((p) => p.pid === pid);
  for (const { pid: parent } of trouves) trouves.push(...tous.filter((p) => p.parent === parent));
  return trouves;
}

/** Undefined for a process that has ended, even one of which nobody has taken note. */
function etat(pid: number): ProcessusVivant | undefined {
  try {
    // After the name, which is in brackets and may hold anything.
    const champs = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    if (champs[0] === 'Z') return undefined;
    const commande = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return { pid, parent: Number(champs[1]), naissance: champs[19]!, commande };
  } catch {
    return undefined;
  }
}

/** The environment of a newcomer's terminal: nothing of npm's, Jest's or the test cluster's own. */
function propre(ajouts: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const garde = Object.entries(process.env).filter(([nom]) => !/^(npm_|NODE_|JEST_|SILLAGE_)/i.test(nom));
  return { ...Object.fromEntries(garde), ...ajouts };
}
