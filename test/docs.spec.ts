import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const RACINE = join(import.meta.dirname, '..');
const lire = (chemin: string): string => readFileSync(join(RACINE, chemin), 'utf8');
const fichiers = (...motifs: string[]): string[] =>
  globSync(motifs, { cwd: RACINE, exclude: ['**/node_modules/**', '**/dist/**'] });

/** Every id of the catalogue: in its tables and lists, an id stands alone or opens a line. */
const catalogue = new Set(lire('docs/regles.md').match(/\b(?:[A-Z]+-)?[A-Z]+-R?\d{2,3}\b/g));
const PREFIXES = 'CONV|RSA|MLO|COACH|FAJI|FAJCO|GRAINE|ASE|PRIMO|SOLLOG|CLLAJ|ASGL';
const ID = new RegExp(
  `\\b(?:(?:${PREFIXES})-[A-Z]+-\\d{2}|AMB-\\d{3}|(?:TRANS|ACT)-\\d{2}|TERR-R?\\d{2}|ML-R?\\d{2})\\b`,
  'g',
);

describe('docs', () => {
  test('every rule that the code cites is in the catalogue', () => {
    const sources = fichiers('libs/*/src/**/*.ts', 'plugins/*/src/**/*.ts', 'apps/*/src/**/*.ts').filter(
      (f) => !f.endsWith('.spec.ts'),
    );
    const citees = sources.flatMap((fichier) => [...lire(fichier).matchAll(ID)].map(([id]) => `${id} (${fichier})`));
    expect(citees.length).toBeGreaterThan(100);
    expect(citees.filter((citee) => !catalogue.has(citee.split(' ')[0] as string))).toEqual([]);
  });

  test('every rule that the pages cite is in the catalogue', () => {
    const citees = fichiers('*.md', 'docs/**/*.md').flatMap((page) =>
      [...lire(page).matchAll(ID)].map(([id]) => `${id} (${page})`),
    );
    expect(citees.filter((citee) => !catalogue.has(citee.split(' ')[0] as string))).toEqual([]);
  });

  test('every link between pages leads somewhere', () => {
    const liens = fichiers('*.md', 'docs/**/*.md', 'docker/*.md').flatMap((page) =>
      [...lire(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, cible = '']) => ({ page, cible })),
    );
    expect(liens.length).toBeGreaterThan(5);
    expect(liens.filter(({ page, cible }) => !existsSync(join(RACINE, dirname(page), cible)))).toEqual([]);
  });

  test('every path of ours that a page names exists', () => {
    const pages = fichiers(
      '*.md',
      'docs/architecture.md',
      'docs/glossary.md',
      'docs/security.md',
      'docs/adr/*.md',
      'docker/*.md',
    );
    const chemins = pages.flatMap((page) =>
      [...lire(page).matchAll(/`((?:libs|apps|plugins|test|tools|docs|docker)\/[\w./-]+)`/g)].map(
        ([, chemin = '']) => ({ page, chemin }),
      ),
    );
    expect(chemins.length).toBeGreaterThan(10);
    // `docs/adr/0002` is enough to name a decision.
    const existe = (chemin: string): boolean => existsSync(join(RACINE, chemin)) || fichiers(`${chemin}*`).length > 0;
    expect(chemins.filter(({ chemin }) => !existe(chemin))).toEqual([]);
  });
});
