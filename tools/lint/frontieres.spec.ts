import { beforeAll, describe, expect, it } from '@jest/globals';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

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
    ['un plugin importe un plugin', 'plugins/coordo-ase/src/essai.ts', `export * from '@sillage/micro-plugin';`, [NX]],
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
});
