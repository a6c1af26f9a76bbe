import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

const RACINE = join(import.meta.dirname, '..');
const lire = (chemin: string): string => readFileSync(join(RACINE, chemin), 'utf8');

/** The numbers of the table of docs/regles.md, 14.3. */
const catalogue = lire('docs/regles.md');
const section = catalogue.slice(catalogue.indexOf('## 14.3'), catalogue.indexOf('## 14.4'));
const cas = [...section.matchAll(/^\| (\d+) \| ([^|]+) \|/gm)].map(([, numero = '', regle = '']) => ({
  numero: Number(numero),
  regle: regle.trim(),
}));

/** Names of tests, of groups, and of the rows of a table that `%s` names. */
const specs = globSync(['{libs,plugins,apps,test}/**/*.spec.ts'], {
  cwd: RACINE,
  exclude: ['**/node_modules/**', '**/dist/**'],
});
const NOM = /(?:\b(?:it|test|describe)(?:\.\w+)*\(|\)\(|^\s*\[)\s*(['"`])(.*?)\1/gmu;
const noms = specs.flatMap((spec) => [...lire(spec).matchAll(NOM)].map(([, , nom = '']) => nom));
const nommes = new Set(noms.flatMap((nom) => [...nom.matchAll(/14\.3 #(\d+)/g)].map(([, numero]) => Number(numero))));

it('has the 25 cases that the catalogue derives from its rules', () => {
  expect(cas.map(({ numero }) => numero)).toEqual(Array.from({ length: 25 }, (_, rang) => rang + 1));
});

it.each(cas)('case #$numero, $regle, is the name of a test', ({ numero }) => {
  expect(nommes).toContain(numero);
});

it('no test claims a case that the catalogue does not have', () => {
  expect([...nommes].filter((numero) => !cas.some((connu) => connu.numero === numero))).toEqual([]);
});
