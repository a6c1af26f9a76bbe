import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as attendre } from 'node:timers/promises';

const RACINE = join(import.meta.dirname, '../..');
const PATIENCE_MS = 200_000;
const DISPARITION_MS = 30_000;

/** `npm start` in a process group of its own, as a terminal gives it: Ctrl-C reaches the whole group. */
export class NpmStart {
  /** Exit code of npm, or null when a signal ended it. */
  readonly fin: Promise<number | null>;
  readonly #enfant: ChildProcess;
  #sortie = '';
  #termine = false;

  constructor(args: readonly string[], env: Readonly<Record<string, string>>) {
    this.#enfant = spawn('npm', ['start', '--', ...args], { cwd: RACINE, detached: true, env: propre(env) });
    for (const flux of [this.#enfant.stdout, this.#enfant.stderr]) {
      flux?.on('data', (bout: Buffer) => (this.#sortie += bout.toString()));
    }
    // Not `close`: it waits for those who hold the output, and npm killed leaves some for a moment.
    this.fin = new Promise((resolve) =>
      this.#enfant.once('exit', (code) => {
        this.#termine = true;
        resolve(code);
      }),
    );
  }

  get sortie(): string {
    return this.#sortie;
  }

  /** The URL that the last line gives. */
  async pret(): Promise<string> {
    await this.dit('\nready http');
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

  /** Stops whatever a test has left running. */
  async achever(): Promise<void> {
    if (this.#termine) return;
    this.ctrlC();
    await this.fin;
  }
}

/** Runs an npm command to its end. */
export async function npm(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; sortie: string }> {
  const enfant = spawn('npm', args, { cwd: RACINE, env: propre(env) });
  let sortie = '';
  enfant.stdout.on('data', (bout: Buffer) => (sortie += bout.toString()));
  const code = await new Promise<number | null>((resolve) => enfant.once('close', resolve));
  return { code, sortie };
}

export interface ProcessusVivant {
  readonly pid: number;
  readonly commande: string;
}

/** The processes that still work for a data folder, once they have had half a minute to end. */
export async function processusRestants(dossier: string, delaiMs = DISPARITION_MS): Promise<ProcessusVivant[]> {
  const limite = Date.now() + delaiMs;
  for (;;) {
    const vivants = processusDe(dossier);
    if (vivants.length === 0 || Date.now() >= limite) return vivants;
    await attendre(200);
  }
}

/** Ours name the folder in their command line (PostgreSQL, its guardian) or in their environment (the others). */
function processusDe(dossier: string): ProcessusVivant[] {
  return tous().filter(
    ({ pid, commande, environnement }) => pid !== process.pid && `${commande} ${environnement}`.includes(dossier),
  );
}

function tous(): (ProcessusVivant & { environnement: string })[] {
  if (process.platform !== 'linux') {
    return execFileSync('ps', ['axeww', '-o', 'pid=,command='], { encoding: 'utf8' })
      .split('\n')
      .map((ligne) => ({ pid: Number.parseInt(ligne, 10), commande: ligne, environnement: '' }));
  }
  return readdirSync('/proc')
    .filter((nom) => /^\d+$/.test(nom))
    .map((nom) => ({
      pid: Number(nom),
      commande: lire(`/proc/${nom}/cmdline`),
      environnement: lire(`/proc/${nom}/environ`),
    }));
}

function lire(chemin: string): string {
  try {
    return readFileSync(chemin, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** The environment of a newcomer's terminal: nothing of npm's or Jest's own. */
function propre(ajouts: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const garde = Object.entries(process.env).filter(([nom]) => !/^(npm_|NODE_|JEST_)/i.test(nom));
  return { ...Object.fromEntries(garde), ...ajouts };
}
