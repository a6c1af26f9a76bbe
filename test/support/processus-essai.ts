import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** An application of ours in a process of its own, from its sources. */
export interface ProcessusEssai {
  readonly enfant: ChildProcess;
  /** Where it listens, once it has said `pret`. Rejects when it ends first. */
  readonly url: Promise<string>;
  /** Exit code, or the signal that killed it. */
  readonly fin: Promise<number | NodeJS.Signals | null>;
  /** Lines of log written so far. */
  readonly journal: readonly Record<string, unknown>[];
  erreurs(): string;
}

const RACINE = join(import.meta.dirname, '../..');
const SOURCES = join(RACINE, 'tools/sources.mjs');

/** Starts `apps/<nom>/src/main.ts` with that environment and nothing of ours but PATH. */
export function lancerApplication(nom: 'gateway' | 'worker', env: Readonly<Record<string, string>>): ProcessusEssai {
  const principal = join(RACINE, 'apps', nom, 'src/main.ts');
  const enfant = spawn(process.execPath, ['--no-warnings', '--import', SOURCES, principal], {
    cwd: RACINE,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const journal: Record<string, unknown>[] = [];
  let reste = '';
  enfant.stdout?.setEncoding('utf8').on('data', (morceau: string) => {
    const lignes = (reste + morceau).split('\n');
    reste = lignes.pop() ?? '';
    journal.push(...lignes.map((ligne) => JSON.parse(ligne) as Record<string, unknown>));
  });
  let erreurs = '';
  enfant.stderr?.setEncoding('utf8').on('data', (morceau: string) => (erreurs += morceau));
  // Not `close`, which never comes once we have closed the channel ourselves.
  const fin = new Promise<number | NodeJS.Signals | null>((resolve) => {
    enfant.once('exit', (code, signal) => resolve(code ?? signal));
  }).then(async (issue) => {
    for (const flux of [enfant.stdout, enfant.stderr]) if (flux && !flux.closed) await once(flux, 'close');
    return issue;
  });
  const url = new Promise<string>((resolve, reject) => {
    enfant.once('message', (message) => {
      if (message !== 'pret') reject(new Error('Message inattendu.'));
      resolve(String(journal.find((ligne) => ligne['url'] !== undefined)?.['url']));
    });
    void fin.then((code) => reject(new Error(`Terminé (${code}) avant d’être prêt : ${erreurs}`)));
  });
  // Who only wants to know how it ends does not look at the address.
  url.catch(() => undefined);
  return { enfant, url, fin, journal, erreurs: () => erreurs };
}
