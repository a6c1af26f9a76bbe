import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Dispositif, RegistreDispositifs, verifierConformite } from '@sillage/dispositif-kit';
import { dispositifs } from '@sillage/dispositifs';
import { reglesDuCatalogue } from '../test/support/catalogue.js';

const RACINE = join(import.meta.dirname, '..');
const GENERATEUR = join(import.meta.dirname, 'dispositif.mjs');

/** `npm run dispositif`, on a copy of what it touches, inside the project so that packages are found. */
describe('npm run dispositif', () => {
  let copie: string;

  beforeAll(() => {
    mkdirSync(join(RACINE, '.sillage'), { recursive: true });
    copie = mkdtempSync(join(RACINE, '.sillage/essai-generateur-'));
    for (const chemin of ['tsconfig.json', 'tsconfig.base.json', 'apps/dispositifs']) {
      const filter = (source: string): boolean => !source.endsWith('/dist');
      cpSync(join(RACINE, chemin), join(copie, chemin), { recursive: true, filter });
    }
  });
  afterAll(() => rmSync(copie, { recursive: true, force: true }));

  const generer = (...args: string[]): { status: number | null; stderr: string } =>
    spawnSync(process.execPath, [GENERATEUR, '--racine', copie, '--sans-installer', ...args], { encoding: 'utf8' });
  const lire = (chemin: string): string => readFileSync(join(copie, chemin), 'utf8');

  it('writes a plugin that conforms at once, and starts beside the others', async () => {
    expect(generer('aide-mobilite', 'Aide à la mobilité')).toMatchObject({ status: 0 });
    const module = (await import(pathToFileURL(join(copie, 'plugins/aide-mobilite/src/aide-mobilite.ts')).href)) as {
      aideMobilite: Dispositif;
    };
    expect(module.aideMobilite).toMatchObject({
      code: 'aide-mobilite',
      libelle: 'Aide à la mobilité',
      prefixe: 'AideMobilite',
    });
    expect(verifierConformite(module.aideMobilite, reglesDuCatalogue())).toEqual([]);
    expect(new RegistreDispositifs([...dispositifs, module.aideMobilite]).trouver('aide-mobilite')).toBe(
      module.aideMobilite,
    );
  });

  it('compiles as it is, strictly', () => {
    const projet = join(copie, 'tsconfig.essai.json');
    const compilerOptions = { composite: false, noEmit: true };
    const options = { extends: './tsconfig.base.json', compilerOptions, include: ['plugins/aide-mobilite/src'] };
    writeFileSync(projet, JSON.stringify(options));
    const tsc = join(RACINE, 'node_modules/typescript/bin/tsc');
    expect(spawnSync(process.execPath, [tsc, '-p', projet], { encoding: 'utf8' }).stdout).toBe('');
  });

  it('puts it on the list of dispositifs, with its package and the build’s references', () => {
    expect(lire('apps/dispositifs/src/index.ts')).toContain("import { aideMobilite } from '@sillage/aide-mobilite';");
    expect(lire('apps/dispositifs/src/index.ts')).toMatch(/,\s*aideMobilite,?\s*\];/);
    expect(lire('apps/dispositifs/package.json')).toContain('"@sillage/aide-mobilite": "0.1.0"');
    expect(lire('tsconfig.json')).toContain('plugins/aide-mobilite');
    expect(lire('apps/dispositifs/tsconfig.json')).toContain('../../plugins/aide-mobilite');
  });

  it.each([
    ['x', 'x'],
    ['aide-au-permis', "Aide au permis d’Arras, de l'Artois et d'ailleurs"],
    [
      'long',
      'Un libellé que personne n’abrège, de ceux qui occupent deux lignes dans une délibération et dans un code',
    ],
  ])('leaves nothing for prettier to change (%s)', (code, libelle) => {
    expect(generer(code, libelle)).toMatchObject({ status: 0 });
    // From the copy, where no ignore file hides anything.
    const args = ['--check', 'tsconfig.json', 'apps', 'plugins'];
    const prettier = join(RACINE, 'node_modules/prettier/bin/prettier.cjs');
    const { status, stderr } = spawnSync(process.execPath, [prettier, ...args], { cwd: copie, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it.each([
    ['un code absent', []],
    ['un code en majuscules', ['AideMobilite']],
    ['un code qui sort du dossier', ['../ailleurs']],
    ['un code déjà pris', ['aide-mobilite']],
  ])('refuses %s in one line that says what to do', (_, args) => {
    const { status, stderr } = generer(...args);
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
