import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Compte, peutEntrer } from './compte.js';
import { AVEC_SA_PROPRE_BASE, ErreurPostgres } from './erreur-postgres.js';

const RACINE_SYSTEME = '/var/lib/sillage';
/** Says where the data are, for people and for `--reset`. */
const POINTEUR = 'emplacement-postgres.txt';
/** Says, next to the data, whose they are. */
const MARQUE = 'sillage.json';

export interface Emplacement {
  readonly lieu: string;
  /** Nobody has started from this clone yet: what lies there is another life's. */
  readonly premierDepart: boolean;
}

/**
 * The folder that holds the data, PostgreSQL's log and, if need be, its programs. It is `dossier`/postgres, unless PostgreSQL runs
 * under another account that cannot enter there (a clone in /root): then a folder of the system, named after the clone.
 * No folder above the clone is ever opened to anybody. The folder is ours; only `donnees` in it belongs to PostgreSQL's account.
 * @param dossier the clone's ignored folder, which exists.
 */
export async function choisirLieu(dossier: string, compte: Compte | null): Promise<Emplacement> {
  const pointeur = join(dossier, POINTEUR);
  const premierDepart = (await lire(pointeur)) === null;
  const candidats = [...new Set([...(await lieuxConnus(dossier)), ...candidatsPour(dossier, compte)])];
  for (const lieu of candidats) {
    if (!(await creer(lieu)) || !(await peutEntrer(compte, lieu))) {
      await rmdir(lieu).catch(() => undefined);
      continue;
    }
    await writeFile(join(lieu, MARQUE), JSON.stringify({ dossier }), { mode: 0o644 });
    await writeFile(pointeur, `${lieu}\n`);
    return { lieu, premierDepart };
  }
  throw new ErreurPostgres(
    `Aucun dossier où le compte « ${compte?.nom ?? 'courant'} » puisse tenir les données de PostgreSQL : ` +
      `essayé ${candidats.join(', ')}. Clonez Sillage dans un dossier où ce compte peut entrer, ${AVEC_SA_PROPRE_BASE}`,
  );
}

/** The places that earlier starts chose and that are this clone's. */
export async function lieuxConnus(dossier: string): Promise<string[]> {
  const note = (await lire(join(dossier, POINTEUR)))?.trim() ?? '';
  const lieux = [];
  for (const lieu of new Set([note, local(dossier)])) {
    const marque = lieu === '' ? null : await lire(join(lieu, MARQUE));
    if (marque === null) continue;
    const { dossier: maitre } = JSON.parse(marque) as { dossier: string };
    // A copied clone brings its pointer along: data elsewhere stay with the clone that made them, as long as it is there.
    if (lieu === local(dossier) || maitre === dossier || (await lire(join(maitre, POINTEUR))) === null)
      lieux.push(lieu);
  }
  return lieux;
}

/** Removes the places and the pointer. The server must be stopped. */
export async function effacerLieux(dossier: string): Promise<void> {
  for (const lieu of await lieuxConnus(dossier)) await rm(lieu, { recursive: true, force: true, maxRetries: 3 });
  // Removed only if no other clone has its data there.
  await rmdir(RACINE_SYSTEME).catch(() => undefined);
  await rm(join(dossier, POINTEUR), { force: true });
}

function local(dossier: string): string {
  return join(dossier, 'postgres');
}

function candidatsPour(dossier: string, compte: Compte | null): string[] {
  if (compte === null) return [local(dossier)];
  const empreinte = createHash('sha256').update(dossier).digest('hex').slice(0, 12);
  return [local(dossier), join(RACINE_SYSTEME, empreinte), join(tmpdir(), `sillage-${empreinte}`)];
}

/** In a folder open to all, such as /tmp, somebody else may have taken the name: only a folder of ours will do. */
async function creer(lieu: string): Promise<boolean> {
  try {
    for (const dossier of [dirname(lieu), lieu]) {
      // A folder just made has the umask's mode, maybe closed to all; one that was there keeps its own.
      if ((await mkdir(dossier, { recursive: true })) !== undefined) await chmod(dossier, 0o755);
    }
    const etat = await lstat(lieu);
    return etat.isDirectory() && (process.getuid === undefined || etat.uid === process.getuid());
  } catch {
    return false;
  }
}

async function lire(fichier: string): Promise<string | null> {
  return readFile(fichier, 'utf8').catch(() => null);
}
