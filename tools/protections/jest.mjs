import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Empechement } from '../preparer.mjs';

/** Beyond, a run has lost its way: no spec of the house lasts as long in its bounded form. */
const DELAI_MS = 600_000;
const DERNIERES_LIGNES = 12;

let enfant;
let interrompu = false;

/** Ends the run in hand, which then counts for nothing; no other begins. */
export function interrompre() {
  interrompu = true;
  enfant?.kill('SIGTERM');
}

/**
 * Runs one spec of the copy, or those of its tests whose whole name holds one of `noms`, with `env` added to the environment.
 * @returns what Jest counted, or undefined `resultats` when it gave none; `dit` ends what it wrote
 */
export async function jouer({ node, racine, essai, noms, env }) {
  const sortie = join(racine, '.sillage', 'protections.json');
  mkdirSync(dirname(sortie), { recursive: true });
  rmSync(sortie, { force: true });
  const args = [
    ...['--no-warnings', 'node_modules/jest/bin/jest.js', '--runTestsByPath', essai],
    ...['--json', `--outputFile=${sortie}`, `--cacheDirectory=${join(racine, '.sillage/jest')}`],
    ...(noms.length > 0 ? ['-t', noms.map(litteral).join('|')] : []),
  ];
  const dit = await executer(node, args, { cwd: racine, env: { ...process.env, ...env, NO_COLOR: '1' } });
  if (interrompu) throw new Empechement('Interrompu : la copie est effacée, rien n’a été conclu.');
  return { dit, resultats: existsSync(sortie) ? JSON.parse(readFileSync(sortie, 'utf8')) : undefined };
}

/** Why this run is no proof that the tests which hold something are green when nothing is removed, or undefined. */
export function fauteDuTemoin({ resultats, dit }, attendus) {
  if (resultats === undefined) return `Jest n’a rien rendu : ${dit}`;
  if (resultats.numRuntimeErrorTestSuites > 0) return `le fichier ne se charge pas : ${enTete(messages(resultats))}`;
  if (resultats.numFailedTests > 0) return `déjà rouge sans rien retirer : ${enTete(messages(resultats))}`;
  const joues = tests(resultats).filter(({ status }) => status === 'passed');
  const perdu = attendus.find((attendu) => !joues.some(({ fullName }) => fullName.includes(attendu)));
  return perdu === undefined ? undefined : `aucun test joué ne se nomme « ${perdu} »`;
}

/**
 * `rouge`: an expectation of the test said to hold was not met. A file that does not load, or a test that broke before it could expect
 * anything, proves nothing: it is `invalide`, with what it said.
 */
export function verdict({ resultats, dit }, attendu = '') {
  if (resultats === undefined) return { couleur: 'invalide', detail: `Jest n’a rien rendu : ${dit}` };
  if (resultats.numRuntimeErrorTestSuites > 0) return { couleur: 'invalide', detail: enTete(messages(resultats)) };
  const echoues = tests(resultats).filter(({ status, fullName }) => status === 'failed' && fullName.includes(attendu));
  if (echoues.length === 0)
    return { couleur: 'vert', detail: `aucun échec, sur ${resultats.numPassedTests} test(s) joué(s)` };
  const dits = echoues.flatMap(({ fullName, failureMessages }) =>
    failureMessages.map((message) => ({ fullName, message })),
  );
  const decue = dits.find(({ message }) => estUneAttente(message));
  if (decue === undefined) return { couleur: 'invalide', detail: enTete(dits.map(({ message }) => message)) };
  return { couleur: 'rouge', detail: `« ${decue.fullName} » : ${premiereLigne(decue.message)}` };
}

/** Jest says which matcher was not satisfied, fast-check that a property is false; an exception of the code says something else. */
function estUneAttente(message) {
  return /^(?:\w*Error: )?(?:expect\(|Property failed after|thrown: "Exceeded timeout)/.test(message);
}

function tests({ testResults }) {
  return testResults.flatMap(({ assertionResults }) => assertionResults);
}

function messages({ testResults }) {
  const desTests = tests({ testResults }).flatMap(({ failureMessages }) => failureMessages ?? []);
  return [...desTests, ...testResults.map(({ message }) => message)].filter(Boolean);
}

function enTete([message = '']) {
  return message.split('\n').slice(0, 6).join('\n    ');
}

function premiereLigne(texte) {
  return texte.split('\n')[0].slice(0, 200);
}

function litteral(nom) {
  return nom.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** @returns the last lines that it wrote for people */
function executer(node, args, options) {
  delete options.env.FORCE_COLOR;
  return new Promise((fin, echec) => {
    enfant = spawn(node, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
    const delai = setTimeout(() => enfant.kill('SIGTERM'), DELAI_MS);
    let dit = '';
    enfant.stderr.setEncoding('utf8').on('data', (texte) => (dit = (dit + texte).slice(-20_000)));
    enfant.on('error', echec).on('close', () => {
      clearTimeout(delai);
      fin(dit.trim().split('\n').slice(-DERNIERES_LIGNES).join('\n    '));
    });
  });
}
