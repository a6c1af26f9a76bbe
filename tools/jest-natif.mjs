import './sources.mjs';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { jestExpect } from '@jest/expect';
import * as circus from 'jest-circus';
import { formatResultsErrors } from 'jest-message-util';
import { oublierLesEspions } from './jest-globales.mjs';

/**
 * How Jest runs a spec here (its `testRunner`): in the worker's own Node and with its `import`, rather than in a context of its own, where the
 * thousands of modules of the house would be evaluated once more for each spec. Jest keeps the rest: workers, selection, reports, and circus
 * the order, the hooks and the timeouts. What a spec changes outside itself, it must put back.
 */
registerHooks({
  resolve: (specifier, context, suivant) =>
    specifier === '@jest/globals'
      ? { url: new URL('./jest-globales.mjs', import.meta.url).href, format: 'module', shortCircuit: true }
      : suivant(specifier, context),
});

/** What nobody caught, since the last test: it fails the test during which it was thrown, or else the spec. */
const exceptions = [];
const rejets = new Map();
const ECOUTES = {
  uncaughtException: (erreur) => exceptions.push(erreur),
  unhandledRejection: (erreur, promesse) => rejets.set(promesse, erreur),
  rejectionHandled: (promesse) => rejets.delete(promesse),
};

/** How many times this worker has loaded each spec: one that it runs again is loaded again. */
const tours = new Map();

export default async function jouer(globalConfig, config, _environnement, _runtime, testPath) {
  const debut = Date.now();
  const rendreLesEcoutes = ecouter();
  try {
    preparer(globalConfig, testPath);
    await charger(testPath);
    const { testResults, unhandledErrors } = await circus.run();
    const fautes = [...unhandledErrors, ...nonAttrapees().map(enTexte)];
    return rendreCompte({ tests: testResults.map(lireTest), fautes, testPath, debut, config });
  } finally {
    circus.removeEventHandler(auFilDesTests);
    oublierLesEspions();
    nonAttrapees();
    rendreLesEcoutes();
  }
}

/** Alone to hear what nobody caught: the worker's own listeners would end it. */
function ecouter() {
  const anciennes = Object.keys(ECOUTES).map((nom) => [nom, process.rawListeners(nom)]);
  for (const [nom, ecoute] of Object.entries(ECOUTES)) process.removeAllListeners(nom).on(nom, ecoute);
  return () => {
    for (const [nom, ecoutes] of anciennes) {
      process.removeListener(nom, ECOUTES[nom]);
      for (const ecoute of ecoutes) process.on(nom, ecoute);
    }
  };
}

async function charger(testPath) {
  const tour = tours.get(testPath) ?? 0;
  tours.set(testPath, tour + 1);
  await import(`${pathToFileURL(testPath).href}${tour === 0 ? '' : `?tour=${tour}`}`);
}

function preparer({ testTimeout, testNamePattern, expand }, testPath) {
  circus.resetState();
  const etat = circus.getState();
  if (testTimeout) etat.testTimeout = testTimeout;
  etat.testNamePattern = testNamePattern ? new RegExp(testNamePattern, 'i') : null;
  circus.addEventHandler(auFilDesTests);
  jestExpect.setState({ expand, testPath, suppressedErrors: [] });
}

function auFilDesTests({ name, test }) {
  if (name === 'test_start') jestExpect.setState({ currentTestName: nomComplet(test) });
  if (name !== 'test_done') return;
  const { suppressedErrors } = jestExpect.getState();
  const attendues = jestExpect.extractExpectedAssertionsErrors().map(({ error }) => error);
  jestExpect.setState({ suppressedErrors: [] });
  test.errors.push(...suppressedErrors, ...attendues, ...nonAttrapees());
}

function nonAttrapees() {
  const toutes = [...exceptions.splice(0), ...rejets.values()];
  rejets.clear();
  return toutes;
}

function nomComplet({ name, parent }) {
  return parent?.parent ? `${nomComplet(parent)} ${name}` : name;
}

function enTexte(erreur) {
  return erreur instanceof Error ? (erreur.stack ?? erreur.message) : String(erreur);
}

const ETATS = { skip: 'pending', todo: 'todo' };

function lireTest({ testPath: [, ...noms], status, errors, duration, invocations, numPassingAsserts, retryReasons }) {
  return {
    ancestorTitles: noms.slice(0, -1),
    title: noms.at(-1),
    fullName: noms.join(' '),
    status: ETATS[status] ?? (errors.length > 0 ? 'failed' : 'passed'),
    failureMessages: errors,
    failureDetails: [],
    duration,
    invocations,
    numPassingAsserts,
    retryReasons,
  };
}

function rendreCompte({ tests, fautes, testPath, debut, config }) {
  const compter = (etat) => tests.filter(({ status }) => status === etat).length;
  const fin = Date.now();
  const echecs = formatResultsErrors(tests, config, { noStackTrace: false }, testPath);
  const faute = fautes.join('\n\n');
  return {
    failureMessage: [faute, echecs].filter(Boolean).join('\n') || null,
    leaks: false,
    numFailingTests: compter('failed'),
    numPassingTests: compter('passed'),
    numPendingTests: compter('pending'),
    numTodoTests: compter('todo'),
    openHandles: [],
    perfStats: { start: debut, end: fin, runtime: fin - debut, slow: fin - debut > config.slowTestThreshold * 1_000 },
    skipped: false,
    snapshot: { added: 0, fileDeleted: false, matched: 0, unchecked: 0, uncheckedKeys: [], unmatched: 0, updated: 0 },
    testExecError: faute ? { message: faute, stack: faute } : undefined,
    testFilePath: testPath,
    testResults: tests,
  };
}
