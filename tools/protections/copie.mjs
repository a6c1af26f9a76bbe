import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { Empechement, RACINE } from '../preparer.mjs';

/** Packages of the house: they must be those of the copy, the others may be those of the tree. */
const MAISON = '@sillage';

/**
 * A copy of the working tree where protections are removed, so that nobody's files are touched: what git knows of it, or would. Packages
 * of others are links to those that are installed; those of the house are links inside the copy.
 */
export function copierArbre() {
  // Node and Jest know files by their real names: /tmp is itself a link on some systems.
  const racine = realpathSync(mkdtempSync(join(tmpdir(), 'sillage-protections-')));
  try {
    for (const fichier of fichiersSuivis()) {
      mkdirSync(dirname(join(racine, fichier)), { recursive: true });
      copyFileSync(join(RACINE, fichier), join(racine, fichier));
    }
    lierPaquets(racine);
  } catch (erreur) {
    effacerArbre(racine);
    throw erreur;
  }
  return racine;
}

export function effacerArbre(racine) {
  rmSync(racine, { recursive: true, force: true, maxRetries: 3 });
}

/** Why the protection cannot be removed as it is written, or undefined. */
export function obstacle({ fichier, cherche, remplace }, racine = RACINE) {
  const chemin = join(racine, fichier);
  if (!existsSync(chemin)) return `${fichier} n’existe pas`;
  const fois = readFileSync(chemin, 'utf8').split(cherche).length - 1;
  if (fois !== 1) return `le texte à retirer de ${fichier} s’y trouve ${fois} fois, et non une`;
  return cherche === remplace ? 'le texte qui remplace est le même' : undefined;
}

/** Removes one protection from the copy for the time of `travail`. */
export async function sansProtection({ fichier, cherche, remplace }, racine, travail) {
  const chemin = join(racine, fichier);
  const entier = readFileSync(chemin, 'utf8');
  // A function: `$&` and its like mean nothing here.
  writeFileSync(
    chemin,
    entier.replace(cherche, () => remplace),
  );
  try {
    return await travail();
  } finally {
    writeFileSync(chemin, entier);
  }
}

function fichiersSuivis() {
  let sortie;
  try {
    const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
    sortie = execFileSync('git', args, { cwd: RACINE, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  } catch {
    throw new Empechement('La copie de l’arbre demande git, et un clone : lancez la commande dans l’un, avec l’autre.');
  }
  const fichiers = sortie.split('\0').filter((fichier) => fichier !== '' && existsSync(join(RACINE, fichier)));
  return [...new Set(fichiers)].filter((fichier) => lstatSync(join(RACINE, fichier)).isFile());
}

function lierPaquets(racine) {
  const installes = join(RACINE, 'node_modules');
  const lies = join(racine, 'node_modules');
  mkdirSync(join(lies, MAISON), { recursive: true });
  // npm's own list too: a spec reads which licences are installed.
  for (const nom of readdirSync(installes)) {
    if (nom === MAISON) continue;
    if (lstatSync(join(installes, nom)).isFile()) copyFileSync(join(installes, nom), join(lies, nom));
    else lier(join(installes, nom), join(lies, nom));
  }
  for (const nom of readdirSync(join(installes, MAISON))) {
    const dansLArbre = relative(realpathSync(RACINE), realpathSync(join(installes, MAISON, nom)));
    lier(join(racine, dansLArbre), join(lies, MAISON, nom));
    const reel = realpathSync(join(lies, MAISON, nom));
    if (!reel.startsWith(racine + sep)) throw new Empechement(`${MAISON}/${nom} mène hors de la copie, à ${reel}.`);
  }
}

function lier(vers, chemin) {
  symlinkSync(vers, chemin, 'junction');
}
