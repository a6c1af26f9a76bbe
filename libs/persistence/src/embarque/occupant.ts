import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as attendre } from 'node:timers/promises';
import { ErreurPostgres } from './erreur-postgres.js';
import { arreterPostmaster, type EtatGardien } from './gardien.js';

const DELAI_FIN_PRECEDENT_MS = 25_000;

/** What another start of Sillage left in `lieu`: the guardian's state, the data. */
export function fichierEtat(lieu: string): string {
  return join(lieu, 'gardien.json');
}

export function dossierDonnees(lieu: string): string {
  return join(lieu, 'donnees');
}

/**
 * Makes sure that no PostgreSQL runs on these data: waits for one that is stopping, stops one that was orphaned, forgets one that is dead.
 * @throws ErreurPostgres when another Sillage, alive, uses them.
 */
export async function libererDonnees(lieu: string, journal: (ligne: string) => void): Promise<void> {
  await attendreGardien(lieu, journal);
  const fichier = join(dossierDonnees(lieu), 'postmaster.pid');
  const pid = Number(lire(fichier)?.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  const vivant = (): boolean => commande(pid).includes(dossierDonnees(lieu));
  if (vivant()) {
    journal(`arrêt d’un PostgreSQL resté seul sur ces données (processus ${pid})`);
    await arreterPostmaster(pid, vivant);
  }
  // Its number may since have gone to a stranger, which PostgreSQL would take for a server of its own.
  rmSync(fichier, { force: true });
}

async function attendreGardien(lieu: string, journal: (ligne: string) => void): Promise<void> {
  const texte = lire(fichierEtat(lieu));
  if (texte === null) return;
  const { gardien, parent } = JSON.parse(texte) as EtatGardien;
  // The guardian's command line is its order, in JSON.
  const garde = (): boolean => commande(gardien).includes(JSON.stringify(fichierEtat(lieu)).slice(1, -1));
  if (garde() && commande(parent) !== '') {
    throw new ErreurPostgres(
      `Sillage tourne déjà dans ce dossier (processus ${parent}). Arrêtez-le d’abord (Ctrl-C dans son terminal, ou « kill ${parent} »).`,
    );
  }
  if (garde()) journal('attente de la fin du PostgreSQL précédent');
  for (const fin = Date.now() + DELAI_FIN_PRECEDENT_MS; garde() && Date.now() < fin;) await attendre(50);
  rmSync(fichierEtat(lieu), { force: true });
}

/** The command line of a running process, '' when there is none. A process id alone proves nothing: numbers are used again. */
function commande(pid: number): string {
  if (process.platform === 'linux') return lire(`/proc/${pid}/cmdline`) ?? '';
  const filtre = `(Get-CimInstance Win32_Process -Filter "ProcessId=${pid}").CommandLine`;
  const [programme, args] =
    process.platform === 'win32'
      ? ['powershell', ['-NoProfile', '-Command', filtre]]
      : ['ps', ['-ww', '-o', 'command=', '-p', String(pid)]];
  try {
    return execFileSync(programme, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

function lire(fichier: string): string | null {
  try {
    return readFileSync(fichier, 'utf8');
  } catch {
    return null;
  }
}
