import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { AVEC_SA_PROPRE_BASE, ErreurPostgres } from './erreur-postgres.js';

const executer = promisify(execFile);

/** An existing unprivileged account of the machine. */
export interface Compte {
  readonly nom: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root: the account that it takes then, or null when we are not root and it runs as us.
 * No account is ever created.
 */
export async function compteDePostgres(): Promise<Compte | null> {
  if (process.getuid?.() !== 0) return null;
  for (const nom of ['postgres', 'nobody']) {
    const compte = await lireCompte(nom);
    if (compte !== null) return compte;
  }
  throw new ErreurPostgres(
    'PostgreSQL refuse de tourner sous le compte root, et cette machine n’a ni compte « postgres » ni compte « nobody ». ' +
      `Lancez la commande sous un compte ordinaire, ${AVEC_SA_PROPRE_BASE}`,
  );
}

/** Whether `compte` can enter a folder, or run a program, wherever they are. Tried for real: no mode bit is guessed. */
export async function peut(compte: Compte | null, programme: string, ...args: string[]): Promise<boolean> {
  try {
    await executer(programme, args, { ...identite(compte), cwd: '/', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

export function peutEntrer(compte: Compte | null, dossier: string): Promise<boolean> {
  return compte === null ? Promise.resolve(true) : peut(compte, '/bin/sh', '-c', 'cd "$1"', 'sh', dossier);
}

/** Options of `spawn` that make a child run under `compte`. */
export function identite(compte: Compte | null): { uid?: number; gid?: number } {
  return compte === null ? {} : { uid: compte.uid, gid: compte.gid };
}

/** What a child of ours needs from the environment, and nothing more: no secret, no `PG*` nor `NODE_OPTIONS` that changes its ways. */
export function environnement(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, LC_ALL: 'C', TZ: 'UTC' };
}

async function lireCompte(nom: string): Promise<Compte | null> {
  try {
    const [uid, gid] = await Promise.all([executer('id', ['-u', nom]), executer('id', ['-g', nom])]);
    return { nom, uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}
