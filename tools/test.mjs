import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { auditer } from './approvisionnement/audit.mjs';
import { annoncer, ecoule, etape, IGNORE } from './etape.mjs';
import { compiler, Empechement, lancer, preparerNode, RACINE } from './preparer.mjs';

/**
 * `npm test`: the set-up of a bare clone, then every check and every test, also when one has failed. Its last line is
 * `N passed, N failed, N skipped`, where a check (lint, format, ...) counts for one.
 *
 *   npm test -- --only lint,unit        some steps alone
 *   npm test -- --complet               every test in its long form: hours
 *   npm test -- libs/kernel -t Montant  what is left goes to Jest
 */

/** Beyond, the registry counts as silent: enough for npm to start on a busy machine. */
const DELAI_AUDIT_MS = 10_000;

const RESULTATS = join(RACINE, '.sillage/jest.json');

/** What each step is called by `--only`: a command of Node, or a function. */
const VERIFICATIONS = {
  lint: {
    libelle: 'lint et frontières (eslint)',
    args: ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'],
  },
  format: {
    libelle: 'format (prettier)',
    args: ['node_modules/prettier/bin/prettier.cjs', '--check', '.', '--log-level', 'warn'],
  },
  lock: { libelle: 'package-lock.json complet', args: ['tools/completer-lock.mjs', '--verifier'] },
  dependances: {
    libelle: 'dépendances : versions, empreintes, scripts, licences',
    args: ['tools/approvisionnement.mjs', 'verifier'],
  },
  audit: { libelle: 'vulnérabilités connues (npm audit)', faire: verifierVulnerabilites },
  types: { libelle: 'types des tests (tsc)', args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.spec.json'] },
  generes: {
    libelle: 'fichiers produits à jour (schéma, docs)',
    args: ['--enable-source-maps', 'apps/console/dist/main.js', 'generer', '--verifier'],
  },
  regles: { libelle: 'règles du catalogue : mises en œuvre et éprouvées', args: ['tools/regles.mjs', '--manquantes'] },
};
const TESTS = { unit: ['libs', 'plugins', 'apps', 'tools', 'docker'], e2e: ['test'] };

const { seulement, complet, pourJest } = lireArguments(process.argv.slice(2));
const bilan = { reussis: 0, echoues: 0, ignores: 0 };

try {
  await executer();
} catch (erreur) {
  console.error(erreur instanceof Empechement ? erreur.message : erreur);
  bilan.echoues += 1;
}
console.log(`\nDurée totale : ${ecoule()}`);
console.log(`${bilan.reussis} passed, ${bilan.echoues} failed, ${bilan.ignores} skipped`);
process.exitCode = bilan.echoues > 0 ? 1 : 0;

async function executer() {
  console.log('\nSillage : vérifications et tests\n');
  const node = await preparerNode();
  await verifier(() => compiler(node));
  const demandees = Object.keys(VERIFICATIONS).filter((nom) => retenu(nom) && pourJest.length === 0);
  // Lint is as long as all the others, and each takes one core.
  const suites = [['lint'], demandees.filter((nom) => nom !== 'lint')];
  await Promise.all(
    suites.map((noms) =>
      verifierTour(
        node,
        noms.filter((nom) => demandees.includes(nom)),
      ),
    ),
  );
  const dossiers = Object.entries(TESTS).flatMap(([nom, liste]) => (retenu(nom) ? liste : []));
  if (dossiers.length > 0) await tester(node, dossiers);
}

function lireArguments(tous) {
  const args = tous.filter((arg) => arg !== '--complet');
  const complet = args.length < tous.length;
  const rang = args.indexOf('--only');
  if (rang === -1) return { seulement: undefined, complet, pourJest: args };
  const noms = (args[rang + 1] ?? '').split(',');
  const connus = [...Object.keys(VERIFICATIONS), ...Object.keys(TESTS)];
  const inconnu = noms.find((nom) => !connus.includes(nom));
  if (inconnu !== undefined) {
    console.error(`--only ${inconnu} : choisissez parmi ${connus.join(', ')}.`);
    process.exit(2);
  }
  return { seulement: noms, complet, pourJest: args.toSpliced(rang, 2) };
}

function retenu(nom) {
  return seulement === undefined || seulement.includes(nom);
}

/** Checks, one after the other. */
async function verifierTour(node, noms) {
  for (const nom of noms) {
    const { libelle, args, faire = () => lancer(node, args) } = VERIFICATIONS[nom];
    await verifier(() => etape(libelle, faire));
  }
}

/** One check, counted; the next ones run all the same. */
async function verifier(travail) {
  try {
    if ((await travail()) === IGNORE) bilan.ignores += 1;
    else bilan.reussis += 1;
  } catch (erreur) {
    bilan.echoues += 1;
    console.error(erreur instanceof Empechement ? erreur.message : erreur);
  }
}

async function verifierVulnerabilites() {
  const { repondu, fautes } = await auditer({ delaiMs: DELAI_AUDIT_MS });
  if (fautes.length > 0) throw new Empechement(fautes.join('\n'));
  if (repondu) return undefined;
  annoncer('  le registre npm ne répond pas : rien n’a été vérifié');
  return IGNORE;
}

async function tester(node, dossiers) {
  mkdirSync(join(RACINE, '.sillage'), { recursive: true });
  rmSync(RESULTATS, { force: true });
  const roots = dossiers.filter((nom) => existsSync(join(RACINE, nom)));
  const jest = ['--no-warnings', 'node_modules/jest/bin/jest.js'];
  const sortie = ['--json', `--outputFile=${RESULTATS}`, '--roots', ...roots];
  console.log('\n  … tests (jest)\n');
  await new Promise((fin) => {
    // Standard output is Jest's JSON, kept in a file; what people read goes to standard error.
    const enfant = spawn(node, [...jest, ...pourJest, ...sortie], {
      cwd: RACINE,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, ...(complet && { SILLAGE_ESSAIS: 'complets' }) },
    });
    enfant.on('error', fin).on('close', fin);
  });
  compterTests();
}

function compterTests() {
  if (!existsSync(RESULTATS)) {
    bilan.echoues += 1;
    console.error('\n✘ Jest n’a rendu aucun résultat : voir ci-dessus.');
    return;
  }
  const resultats = JSON.parse(readFileSync(RESULTATS, 'utf8'));
  bilan.reussis += resultats.numPassedTests;
  // A file that cannot even be loaded holds no test, and fails.
  bilan.echoues += resultats.numFailedTests + resultats.numRuntimeErrorTestSuites;
  bilan.ignores += resultats.numPendingTests + resultats.numTodoTests;
  direLesMoteurs(resultats.testResults.flatMap((fichier) => fichier.assertionResults));
}

/** Suites of jobs run on each backend, and say so in their name: tells which did run. */
function direLesMoteurs(tests) {
  for (const moteur of ['PostgreSQL', 'Redis']) {
    const siens = tests.filter((test) => test.fullName.includes(`file ${moteur}`));
    const joues = siens.filter((test) => test.status === 'passed' || test.status === 'failed').length;
    const reste = siens.length - joues;
    const sautes = reste > 0 ? `, ${reste} sauté(s) : installez redis-server pour les jouer` : '';
    console.log(`Jobs sur une file ${moteur} : ${joues} test(s) joué(s)${sautes}`);
  }
}
