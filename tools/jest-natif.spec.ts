import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const RACINE = join(import.meta.dirname, '..');
const CONFIG = {
  rootDir: join(import.meta.dirname, 'essais-du-lanceur'),
  testRunner: join(import.meta.dirname, 'jest-natif.mjs'),
  testMatch: ['**/*.ts'],
  transform: {},
  watchman: false,
};

interface Rapport {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly { title: string; status: string; failureMessages: readonly string[] }[];
  }[];
}

describe('specs in Node', () => {
  let dossier: string;
  let code: number | null;
  let rapport: Rapport;

  beforeAll(() => {
    dossier = mkdtempSync(join(tmpdir(), 'sillage-lanceur-'));
    const sortie = join(dossier, 'rapport.json');
    const jest = ['--no-warnings', 'node_modules/jest/bin/jest.js', '--config', JSON.stringify(CONFIG)];
    const args = [...jest, '--json', `--outputFile=${sortie}`];
    code = spawnSync(process.execPath, args, { cwd: RACINE, stdio: 'ignore' }).status;
    rapport = JSON.parse(readFileSync(sortie, 'utf8')) as Rapport;
  }, 60_000);

  afterAll(() => rmSync(dossier, { recursive: true, force: true }));

  const fichier = (nom: string) => rapport.testResults.find(({ name }) => name.endsWith(nom));

  it.each([
    ['réussit', 'passed', null],
    ['compare', 'failed', /toEqual/],
    ['lance ailleurs', 'failed', /perdue/],
    ['rejette ailleurs', 'failed', /rejetée/],
    ['ne finit pas', 'failed', /Exceeded timeout of 50 ms/],
    ['promet deux attentes', 'failed', /Expected two assertions/],
    ['est sauté', 'pending', null],
    ['ne peut pas commencer', 'failed', /avant/],
  ])('« %s »: %s', (titre, statut, message) => {
    const test = fichier('fautes.ts')?.assertionResults.find(({ title }) => title === titre);
    expect(test?.status).toBe(statut);
    if (message) expect(test?.failureMessages.join()).toMatch(message);
  });

  it('a spec that cannot be loaded is a failure that says why', () => {
    expect(fichier('illisible.ts')?.message).toContain('au chargement');
    expect(code).toBe(1);
  });
});
