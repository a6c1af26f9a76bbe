import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { annoncer, ecoule } from './etape.mjs';
import { compiler, Empechement, preparerNode, RACINE } from './preparer.mjs';
import { eprouverProtections } from './protections.mjs';

/**
 * `npm run attacks`: every spec of test/attacks in its full form, then what was attempted and what held. Its code is 1 when
 * one attempt got through, when a spec failed, or when nothing was attempted.
 *
 *   npm run attacks -- matrice        the specs whose path says so; other arguments go to Jest
 *   npm run attacks -- --protections  each protection removed once: see protections.mjs
 */

const DOSSIER = join(RACINE, '.sillage');
const BILAN = join(DOSSIER, `attaques-${process.pid}.jsonl`);
const RAPPEL_MS = 15_000;
const PROTECTIONS = '--protections';

try {
  const args = process.argv.slice(2);
  const retirees = args.includes(PROTECTIONS);
  const tenu = retirees ? await eprouverProtections(args.filter((arg) => arg !== PROTECTIONS)) : await executer();
  process.exitCode = tenu ? 0 : 1;
} catch (erreur) {
  console.error(erreur instanceof Empechement ? erreur.message : erreur);
  process.exitCode = 1;
} finally {
  rmSync(BILAN, { force: true });
}

async function executer() {
  console.log('\nSillage : attaques, en entier\n');
  const node = await preparerNode();
  await compiler(node);
  mkdirSync(DOSSIER, { recursive: true });
  const rappel = setInterval(() => avancer(lireBilan()), RAPPEL_MS);
  const code = await jouer(node).finally(() => clearInterval(rappel));
  const lignes = lireBilan();
  afficher(lignes);
  const percees = lignes.reduce((somme, { tentatives, tenues }) => somme + tentatives - tenues, 0);
  if (code !== 0) console.log('\n✘ Des essais ont échoué : voir ci-dessus.');
  if (percees > 0) console.log(`\n✘ ${nombre(percees)} tentative(s) n’ont pas été tenues.`);
  if (lignes.length === 0) console.log('\n✘ Aucune attaque n’a été jouée.');
  console.log(`\nDurée totale : ${ecoule()}`);
  return code === 0 && percees === 0 && lignes.length > 0;
}

function jouer(node) {
  const [motif = '', ...pourJest] = process.argv.slice(2);
  const jest = ['--no-warnings', 'node_modules/jest/bin/jest.js'];
  const fichiers = ['--testPathPatterns', `test/attacks/.*${motif}`];
  return new Promise((fin, echec) => {
    const enfant = spawn(node, [...jest, ...fichiers, ...pourJest], {
      cwd: RACINE,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, SILLAGE_ESSAIS: 'complets', SILLAGE_ATTAQUES_BILAN: BILAN },
    });
    enfant.on('error', echec).on('close', fin);
  });
}

/** One row an attack, in the order in which they began; a spec may have written each of them batch by batch. */
function lireBilan() {
  const parAttaque = new Map();
  if (!existsSync(BILAN)) return [];
  // A line without its end is still being written.
  for (const texte of readFileSync(BILAN, 'utf8').split('\n').slice(0, -1)) {
    const { attaque, tentatives, tenues } = JSON.parse(texte);
    const avant = parAttaque.get(attaque) ?? { attaque, tentatives: 0, tenues: 0 };
    parAttaque.set(attaque, {
      attaque,
      tentatives: avant.tentatives + tentatives,
      tenues: avant.tenues + tenues,
    });
  }
  return [...parAttaque.values()];
}

function avancer(lignes) {
  const total = lignes.reduce((somme, { tentatives }) => somme + tentatives, 0);
  const derniere = lignes.at(-1)?.attaque ?? 'préparation';
  annoncer(`… ${nombre(total)} tentatives (${ecoule()}) : ${derniere}`);
}

function afficher(lignes) {
  const rangees = [
    ['attaque', 'tentatives', 'tenues'],
    ...lignes.map(({ attaque, tentatives, tenues }) => [attaque, nombre(tentatives), nombre(tenues)]),
  ];
  const [large, milieu, droite] = [0, 1, 2].map((rang) => Math.max(...rangees.map((rangee) => rangee[rang].length)));
  const ecrire = ([a, b, c]) => `| ${a.padEnd(large)} | ${b.padStart(milieu)} | ${c.padStart(droite)} |`;
  const trait = `|${'-'.repeat(large + 2)}|${'-'.repeat(milieu + 2)}|${'-'.repeat(droite + 2)}|`;
  const [titres, ...corps] = rangees.map(ecrire);
  console.log(`\n${[titres, trait, ...corps].join('\n')}`);
}

function nombre(valeur) {
  return valeur.toLocaleString('fr-FR');
}
