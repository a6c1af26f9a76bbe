import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Where things run: the server under test alone on its core, PostgreSQL, the load and this process on the others. */
export interface Coeurs {
  /** What to put before a command so that it runs on the server's core; empty when nothing is pinned. */
  readonly prefixe: readonly string[];
  /** For people. */
  readonly phrase: string;
}

/** Leaves one core to the server under test: moves this process, and so whatever it starts, to the others. */
export function reserverUnCoeur(): Coeurs {
  const libres = coeursPermis();
  const serveur = libres.at(-1);
  if (libres.length < 2 || serveur === undefined) {
    return { prefixe: [], phrase: 'Un seul cœur, ou système sans /proc : rien n’est épinglé, les figures se gênent.' };
  }
  const autres = libres.slice(0, -1).join(',');
  try {
    execFileSync('taskset', ['-a', '-c', '-p', autres, String(process.pid)], { stdio: 'ignore' });
  } catch {
    return { prefixe: [], phrase: '`taskset` est absent : rien n’est épinglé, les figures se gênent.' };
  }
  return {
    prefixe: ['taskset', '-c', String(serveur)],
    phrase: `Serveur mesuré sur le cœur ${serveur} ; PostgreSQL et la charge sur ${autres}.`,
  };
}

function coeursPermis(): number[] {
  try {
    const permis = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
    return lireListeDeCoeurs(permis);
  } catch {
    return [];
  }
}

/** `0-2,5` is 0, 1, 2 and 5. */
export function lireListeDeCoeurs(liste: string): number[] {
  return liste
    .split(',')
    .filter((plage) => plage !== '')
    .flatMap((plage) => {
      const [debut = 0, fin = debut] = plage.split('-').map(Number);
      return Array.from({ length: fin - debut + 1 }, (_, rang) => debut + rang);
    });
}
