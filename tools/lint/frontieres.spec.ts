import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const RACINE = join(import.meta.dirname, '../..');

/**
 * The rows of the house hold: each snippet below breaks one rule and ESLint, with the project's own configuration, says
 * so. Types are not needed for these rules and are left out, for speed.
 */
describe('frontières', () => {
  let eslint: ESLint;

  beforeAll(() => {
    eslint = new ESLint({
      overrideConfig: [{ files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked }],
    });
  });

  async function fautes(filePath: string, source: string): Promise<(string | null)[]> {
    const [resultat] = await eslint.lintText(source, { filePath });
    return resultat!.messages.map((message) => message.ruleId ?? message.message);
  }

  const NX = '@nx/enforce-module-boundaries';
  const SANS_PLUGIN = 'sillage/coeur-sans-plugin';

  it.each([
    ['le socle importe un plugin', 'libs/core/src/essai.ts', `export * from '@sillage/coordo-ase';`, [NX, SANS_PLUGIN]],
    ['le socle nomme un plugin', 'libs/core/src/essai.ts', `export const code = 'coordo-ase';`, [SANS_PLUGIN]],
    [
      'le socle nomme un plugin dans un gabarit',
      'libs/core/src/essai.ts',
      'export const file = `coordo-ase.${1}`;',
      [SANS_PLUGIN],
    ],
    [
      'le socle nomme une table de plugin',
      'libs/persistence/src/essai.ts',
      `export const t = 'plugin_coordo_ase';`,
      [SANS_PLUGIN],
    ],
    ['le socle nomme une classe de plugin', 'libs/core/src/essai.ts', `export class CoordoAse {}`, [SANS_PLUGIN]],
    ['un fichier du socle porte un nom de plugin', 'libs/core/src/coordo-ase.ts', `export const a = 1;`, [SANS_PLUGIN]],
    ['le socle importe une application', 'libs/core/src/essai.ts', `export * from '@sillage/gateway';`, [NX]],
    ['le noyau importe la persistance', 'libs/kernel/src/essai.ts', `export * from '@sillage/persistence';`, [NX]],
    [
      'le noyau importe la persistance par son chemin',
      'libs/kernel/src/essai.ts',
      `export * from '../../persistence/src/index.js';`,
      [NX],
    ],
    ['un étage importe le même étage', 'libs/access/src/essai.ts', `export * from '@sillage/jobs';`, [NX]],
    [
      'un plugin importe la persistance',
      'plugins/coordo-ase/src/essai.ts',
      `export * from '@sillage/persistence';`,
      [NX],
    ],
    [
      'un plugin importe une application',
      'plugins/coordo-ase/src/essai.ts',
      `export * from '@sillage/dispositifs';`,
      [NX],
    ],
  ])('%s : refusé', async (_cas, fichier, source, attendu) => {
    expect(new Set(await fautes(fichier, source))).toEqual(new Set(attendu));
  });

  it.each([
    ['libs/core/src/essai.ts', `export * from '@sillage/persistence';`],
    ['plugins/coordo-ase/src/essai.ts', `export * from '@sillage/core'; export * from '@sillage/dispositif-kit';`],
    ['plugins/coordo-ase/src/essai.ts', `export const code = 'coordo-ase';`],
    ['apps/dispositifs/src/essai.ts', `export * from '@sillage/coordo-ase';`],
  ])('%s : %s est permis', async (fichier, source) => {
    expect(await fautes(fichier, source)).toEqual([]);
  });

  it.each([
    [
      'any',
      'libs/core/src/essai.ts',
      'export const f = (x: any): void => void x;',
      '@typescript-eslint/no-explicit-any',
    ],
    [
      'une tâche oubliée',
      'libs/core/src/essai.ts',
      `// ${'TO'}${'DO'} plus tard\nexport const a = 1;`,
      'no-warning-comments',
    ],
    [
      'un flottant dans un montant',
      'libs/kernel/src/montant.ts',
      `export const a = Number('1.1');`,
      'no-restricted-syntax',
    ],
    ['un affichage dans le socle', 'libs/core/src/essai.ts', `console.log('bonjour');`, 'no-console'],
  ])('%s : refusé', async (_cas, fichier, source, regle) => {
    expect(await fautes(fichier, source)).toContain(regle);
  });

  it('un plugin importe un plugin : refusé, dès le premier clone', () => {
    const clone = cloneAvecDeuxPlugins();
    try {
      const { status, stdout } = spawnSync(
        process.execPath,
        ['node_modules/eslint/bin/eslint.js', 'plugins/autre/src/index.ts'],
        { cwd: clone, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
      );
      expect(stdout).toContain('A project tagged with "etage:4" can only depend on libs tagged with');
      expect(stdout).not.toContain('No cached ProjectGraph');
      expect(status).toBe(1);
    } finally {
      rmSync(clone, { recursive: true });
    }
  });
});

/** The house without its sources, its build nor any cached graph, and a second plugin that imports the first. */
function cloneAvecDeuxPlugins(): string {
  const clone = mkdtempSync(join(tmpdir(), 'sillage-lint-'));
  for (const chemin of [
    'package.json',
    'nx.json',
    'eslint.config.mjs',
    'tsconfig.base.json',
    'tsconfig.spec.json',
    'tools',
  ]) {
    cpSync(join(RACINE, chemin), join(clone, chemin), { recursive: true });
  }
  mkdirSync(join(clone, 'node_modules/@sillage'), { recursive: true });
  for (const nom of readdirSync(join(RACINE, 'node_modules'))) {
    if (nom !== '@sillage') symlinkSync(join(RACINE, 'node_modules', nom), join(clone, 'node_modules', nom));
  }
  const ajouter = (dossier: string, nom: string, paquet: string): void => {
    mkdirSync(join(clone, dossier, nom, 'src'), { recursive: true });
    writeFileSync(join(clone, dossier, nom, 'package.json'), paquet);
    symlinkSync(join('../..', dossier, nom), join(clone, 'node_modules/@sillage', nom));
  };
  for (const dossier of ['libs', 'plugins', 'apps']) {
    for (const nom of readdirSync(join(RACINE, dossier))) {
      const paquet = join(RACINE, dossier, nom, 'package.json');
      if (existsSync(paquet)) ajouter(dossier, nom, readFileSync(paquet, 'utf8'));
    }
  }
  const premier = readFileSync(join(RACINE, 'plugins/coordo-ase/package.json'), 'utf8');
  ajouter('plugins', 'autre', premier.replace('@sillage/coordo-ase', '@sillage/autre'));
  writeFileSync(join(clone, 'plugins/autre/src/index.ts'), `export * from '@sillage/coordo-ase';\n`);
  return clone;
}
