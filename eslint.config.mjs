import js from '@eslint/js';
import { createProjectGraphAsync } from '@nx/devkit';
import nx from '@nx/eslint-plugin';
import { defineConfig } from 'eslint/config';
import prettier from 'eslint-config-prettier';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { coeurSansPlugin } from './tools/lint/coeur-sans-plugin.mjs';

// The boundary rule reads the cached project graph and lets everything pass when there is none (a fresh clone) or when
// it is stale: make it anew at each run.
process.env.NX_DAEMON = 'false';
process.env.NX_ISOLATE_PLUGINS ??= 'false';
await createProjectGraphAsync({ exitOnError: false });

const SPECS = ['**/*.spec.ts', 'test/**/*.ts', '**/test/**/*.ts'];

/** Specs of any floor share the test database and gateway, and the micro-plugins, which belong to no package. */
const PARTAGE_DES_SPECS = ['^(\\.\\./)+test/(support|plugins)/'];

/** Arrows only point down: a floor sees those below it; the apps, composition roots, see everything. */
const ETAGES = [
  { sourceTag: 'etage:0', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'etage:1', onlyDependOnLibsWithTags: ['etage:0'] },
  { sourceTag: 'etage:2', onlyDependOnLibsWithTags: ['etage:0', 'etage:1', 'ouvert:etage-2'] },
  { sourceTag: 'etage:3', onlyDependOnLibsWithTags: ['etage:0', 'etage:1', 'etage:2'] },
  { sourceTag: 'etage:4', onlyDependOnLibsWithTags: ['etage:0', 'ouvert:plugins', 'etage:3'] },
  { sourceTag: 'etage:5', onlyDependOnLibsWithTags: ['*'] },
];

/** Money is bigint cents and exact fractions: nothing in these files goes through a float. */
const FICHIERS_DE_MONTANTS = [
  'libs/{kernel,dispositif-kit}/src/**/*.ts',
  'libs/core/src/{versements,comptabilite,bilans,conventions,bordereaux,recalculs,simulations,parametres}/**/*.ts',
  'plugins/**/*.ts',
  '**/montant*.ts',
  '**/fraction*.ts',
  '**/versement*.ts',
  '**/avance*.ts',
  '**/solde*.ts',
];
/** By its name alone, called or not: under another name it does the same. */
const FONCTIONS_FLOTTANTES = ['parseFloat', 'parseInt', 'toFixed', 'toPrecision', 'toExponential'].map((nom) => ({
  selector: `Identifier[name='${nom}']`,
  message: `${nom} passe par un flottant : utilisez Montant ou Fraction (@sillage/kernel).`,
}));
/** Number and Math, but for what reads a whole number without making another; Number.parseFloat is named above. */
const OBJETS_FLOTTANTS = Object.entries({
  Number: 'is(Safe)?Integer|M(AX|IN)_SAFE_INTEGER|parse(Float|Int)',
  Math: 'max|min|abs|sign',
}).map(([nom, admis]) => ({
  selector: `Identifier[name='${nom}']:not(MemberExpression[computed=false][property.name=/^(${admis})$/] > Identifier.object)`,
  message: `${nom} passe par un flottant : utilisez Montant ou Fraction (@sillage/kernel).`,
}));
/** Of bigints they are exact: `2n`, or `BigInt(…)`, shows what they are, and TypeScript refuses to mix them with numbers. */
const OPERATIONS_FLOTTANTES = [
  ['/', 'divise'],
  ['**', 'élève'],
].flatMap(([signe, verbe]) =>
  [`BinaryExpression[operator='${signe}']`, `AssignmentExpression[operator='${signe}=']`].map((operation) => ({
    selector: `${operation}:not(:has(Literal[bigint])):not(:has(CallExpression[callee.name='BigInt']))`,
    message: `« ${signe} » ${verbe} des flottants : utilisez Fraction, ou des entiers bigint (2n).`,
  })),
);
const SANS_FLOTTANT = [
  ...FONCTIONS_FLOTTANTES,
  ...OBJETS_FLOTTANTS,
  ...OPERATIONS_FLOTTANTES,
  {
    selector: "UnaryExpression[operator='+']",
    message: 'Un « + » devant une valeur en fait un flottant : utilisez Montant.euros, Fraction.decimale ou BigInt.',
  },
  {
    selector: 'Literal[raw=/^[0-9_]*[.][0-9]|^[0-9][0-9_.]*e/i]',
    message: 'Un nombre à virgule est un flottant : écrivez Fraction.decimale("0.25") ou un taux en pour cent.',
  },
];

export default defineConfig(
  { ignores: ['**/dist/', '**/node_modules/', '.nx/', '.sillage/', '.tsbuild/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  { languageOptions: { globals: globals.node } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.spec.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      // `class M {}` is how Nest writes a module.
      '@typescript-eslint/no-extraneous-class': 'off',
    },
  },
  {
    files: ['**/*.ts', '**/*.mjs', '**/*.cjs'],
    rules: {
      eqeqeq: 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'anywhere' }],
      'max-lines': ['error', { max: 400 }],
      'prefer-const': 'error',
    },
  },
  {
    files: ['libs/**/*.ts', 'plugins/**/*.ts', 'apps/**/*.ts', 'test/plugins/**/*.ts'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          depConstraints: ETAGES,
          allow: PARTAGE_DES_SPECS,
        },
      ],
    },
  },
  {
    files: ['libs/**/*.ts', 'plugins/**/*.ts', 'apps/{gateway,worker}/**/*.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['libs/**/*.ts'],
    ignores: SPECS,
    plugins: { sillage: { rules: { 'coeur-sans-plugin': coeurSansPlugin } } },
    rules: { 'sillage/coeur-sans-plugin': 'error' },
  },
  {
    files: FICHIERS_DE_MONTANTS,
    ignores: SPECS,
    rules: { 'no-restricted-syntax': ['error', ...SANS_FLOTTANT] },
  },
  {
    files: SPECS,
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // `expect.any(String)` and its like are `any`.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    // A server that Sillage is measured against: its dependencies are its own, and `npm run perf` alone installs them.
    files: ['test/perf/serveurs/ordinaire/**/*.ts'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { project: null } },
    rules: { '@typescript-eslint/switch-exhaustiveness-check': 'off' },
  },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
  prettier,
);
