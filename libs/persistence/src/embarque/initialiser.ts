import { execFile } from 'node:child_process';
import { chown, mkdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaires } from './binaires.js';
import { type Compte, environnement, identite } from './compte.js';
import { ErreurPostgres } from './erreur-postgres.js';
import { dossierDonnees } from './occupant.js';

const executer = promisify(execFile);
const PLACE_NECESSAIRE = 300 * 1024 * 1024;

/** Whether the data exist. @throws ErreurPostgres when another major version of PostgreSQL made them. */
export async function estInitialise(lieu: string, binaires: Binaires): Promise<boolean> {
  const version = await readFile(join(dossierDonnees(lieu), 'PG_VERSION'), 'utf8').catch(() => null);
  if (version === null) return false;
  const attendue = binaires.version.split('.')[0];
  if (version.trim() === attendue) return true;
  throw new ErreurPostgres(
    `Les données de ${lieu} viennent de PostgreSQL ${version.trim()}, et le programme est en version ${attendue}. ` +
      'Repartez de zéro par « npm start -- --reset » (les données de démonstration sont recréées).',
  );
}

/** Creates the data in one stroke: an interrupted initialisation leaves nothing that looks like a database. */
export async function initialiser(
  lieu: string,
  binaires: Binaires,
  compte: Compte | null,
  options: { motDePasse: string; essais: boolean },
): Promise<void> {
  await verifierPlace(lieu);
  const partiel = join(lieu, 'donnees.partiel');
  const motDePasse = join(lieu, 'mot-de-passe.tmp');
  await rm(partiel, { recursive: true, force: true });
  await rm(motDePasse, { force: true });
  try {
    await mkdir(partiel, { mode: 0o700 });
    await writeFile(motDePasse, options.motDePasse, { mode: 0o600, flag: 'wx' });
    if (compte !== null) {
      for (const chemin of [partiel, motDePasse]) await chown(chemin, compte.uid, compte.gid);
    }
    await executer(
      binaires.initdb,
      [
        `--pgdata=${partiel}`,
        '--username=postgres',
        `--pwfile=${motDePasse}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
        ...(options.essais ? ['--no-sync'] : []),
      ],
      { ...identite(compte), cwd: lieu, env: environnement() },
    );
    await rename(partiel, dossierDonnees(lieu));
  } catch (cause) {
    await rm(partiel, { recursive: true, force: true });
    const detail = (cause as { stderr?: string }).stderr?.trim() || (cause as Error).message;
    throw new ErreurPostgres(`La base de données n’a pas pu être initialisée dans ${lieu} :\n${detail}`, { cause });
  } finally {
    await rm(motDePasse, { force: true });
  }
}

async function verifierPlace(lieu: string): Promise<void> {
  const { bavail, bsize } = await statfs(lieu);
  if (bavail * bsize >= PLACE_NECESSAIRE) return;
  const mio = Math.floor((bavail * bsize) / 1024 / 1024);
  throw new ErreurPostgres(
    `Il ne reste que ${mio} Mio sur le disque de ${lieu}, et PostgreSQL en demande 300 : faites de la place, puis relancez.`,
  );
}
