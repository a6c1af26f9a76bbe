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

  const PARTOUT = [
    'libs/kernel/src/essai.ts',
    'libs/dispositif-kit/src/finance/essai.ts',
    ...[
      'versements',
      'comptabilite',
      'bilans',
      'conventions',
      'bordereaux',
      'recalculs',
      'simulations',
      'parametres',
    ].map((dossier) => `libs/core/src/${dossier}/essai.ts`),
    'plugins/coordo-ase/src/essai.ts',
    'libs/core/src/jeunes/versement.essai.ts',
  ];

  it.each(PARTOUT)('holds in %s', async (fichier) => {
    expect(await fautes(fichier, 'export const a = parseFloat("12.5");')).toEqual([
      expect.stringMatching(/^no-restricted-syntax .*parseFloat/),
    ]);
  });

  it.each([
    ['Number', 'export const a = Number("12.5");'],
    ['Number', 'const n = Number; export const a = n("1.5");'],
    ['Number', 'export const a = ["1.5"].map(Number);'],
    ['Number', 'export const a = new Number("1.5");'],
    ['Number', 'export const a = globalThis.Number("1.5");'],
    ['Number', 'export const a = Number.call(null, "1.5");'],
    ['Number', 'export const a = Number["parseFloat"]("1.5");'],
    ['Number', 'export const { parse } = Number;'],
    ['parseFloat', 'export const a = parseFloat("12.5");'],
    ['parseFloat', 'export const a = Number.parseFloat("12.5");'],
    ['parseFloat', 'const lire = parseFloat; export const a = lire("1.5");'],
    ['parseInt', 'export const a = parseInt("12", 10);'],
    ['parseInt', 'export const a = Number.parseInt("12", 10);'],
    ['toFixed', 'export const a = (1).toFixed(2);'],
    ['toPrecision', 'export const a = (1).toPrecision(2);'],
    ['toExponential', 'export const a = (1).toExponential(2);'],
    ['Math', 'export const a = Math.round(b);'],
    ['Math', 'export const a = Math.floor(b);'],
    ['Math', 'export const a = Math.ceil(b);'],
    ['Math', 'export const a = Math.trunc(b);'],
    ['Math', 'export const a = Math.pow(10, -2);'],
    ['Math', 'export const a = [b].map(Math.round);'],
    ['Math', 'export const a = Math["round"](b);'],
    ['Math', 'const { round } = Math; export const a = round(b);'],
    ['virgule', 'export const a = 100 * 0.6;'],
    ['virgule', 'export const a = 100 * .6;'],
    ['virgule', 'export const a = 1e3;'],
    ['divise', 'export const a = 1 / 3;'],
    ['divise', 'export const a = b / c;'],
    ['divise', 'let a = 1; a /= 3; export { a };'],
    ['élève', 'export const a = 10 ** -2;'],
    ['élève', 'let a = 10; a **= -2; export { a };'],
    ['devant', 'export const a = +"12.5";'],
    ['devant', 'export const a = +b;'],
  ])('%s is refused: %s', async (quoi, source) => {
    expect(await fautes('libs/core/src/bordereaux/essai.ts', source)).toEqual([
      expect.stringMatching(new RegExp(`^no-restricted-syntax .*${quoi}`)),
    ]);
  });

  it('what computes no money may count as it likes, and so may a spec', async () => {
    const source = 'export const a = Math.ceil(Number("1.5") * 0.5);';
    expect(await fautes('libs/core/src/jeunes/essai.ts', source)).toEqual([]);
    expect(await fautes('libs/kernel/src/essai.spec.ts', source)).toEqual([]);
  });

  it.each([
    '2n * BigInt(3) + 1_000n - 4n',
    '(2n * b + c) / (2n * c)',
    'b / BigInt(12)',
    '10n ** BigInt(2)',
    '7n % 2n',
    '"0.25"',
    '1_000_000',
    '-b',
    'b + c',
    '0x1e',
    'Number.isSafeInteger(b) && Number.isInteger(c) && b < Number.MAX_SAFE_INTEGER',
    'Math.max(Math.min(b, 3), Math.abs(c), Math.sign(d))',
  ])('exact figures are welcome: %s', async (expression) => {
    expect(await fautes('libs/core/src/bordereaux/essai.ts', `export const a = ${expression};`)).toEqual([]);
  });

  it('an exact division that the syntax does not show says so, and is heard', async () => {
    const dit = '// eslint-disable-next-line no-restricted-syntax -- bigints';
    expect(await fautes('libs/kernel/src/essai.ts', `${dit}\nexport const a = b / c;`)).toEqual([]);
  });
});
