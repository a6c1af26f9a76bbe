import { beforeAll, describe, expect, it } from '@jest/globals';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

/** Money never goes through a float: the project's own lint says so, wherever money is computed. */
describe('No float where money is computed', () => {
  let eslint: ESLint;

  beforeAll(() => {
    eslint = new ESLint({ overrideConfig: [{ files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked }] });
  });

  async function fautes(filePath: string, source: string): Promise<string[]> {
    const [resultat] = await eslint.lintText(source, { filePath });
    return (resultat?.messages ?? []).map(({ ruleId, message }) => `${ruleId} ${message}`);
  }

  it.each([
    ['Number', 'export const a = Number("12.5");'],
    ['parseFloat', 'export const a = parseFloat("12.5");'],
    ['parseFloat', 'export const a = Number.parseFloat("12.5");'],
    ['toFixed', 'export const a = (1).toFixed(2);'],
    ['Math.round', 'export const a = Math.round(1 / 3);'],
    ['Math.floor', 'export const a = Math.floor(1 / 3);'],
    ['Math.ceil', 'export const a = Math.ceil(1 / 3);'],
    ['virgule', 'export const a = 100 * 0.6;'],
    ['virgule', 'export const a = 1e3;'],
  ])('%s is refused: %s', async (quoi, source) => {
    for (const fichier of [
      'libs/kernel/src/essai.ts',
      'libs/dispositif-kit/src/finance/essai.ts',
      'libs/core/src/conventions/essai.ts',
      'libs/core/src/comptabilite/essai.ts',
      'plugins/coordo-ase/src/essai.ts',
    ])
      expect(await fautes(fichier, source)).toEqual([
        expect.stringMatching(new RegExp(`^no-restricted-syntax .*${quoi}`)),
      ]);
  });

  it('what computes no money may count as it likes, and so may a spec', async () => {
    const source = 'export const a = Math.ceil(Number("1.5") * 0.5);';
    expect(await fautes('libs/core/src/jeunes/essai.ts', source)).toEqual([]);
    expect(await fautes('libs/kernel/src/essai.spec.ts', source)).toEqual([]);
  });

  it('exact figures are welcome', async () => {
    const source = 'export const a = 2n * BigInt(3) + 1_000n; export const texte = "0.25"; export const n = 1_000_000;';
    expect(await fautes('libs/kernel/src/essai.ts', source)).toEqual([]);
  });
});
