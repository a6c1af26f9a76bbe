import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import { lireCatalogue } from '../tools/regles/couverture.mjs';

const NEUF = ['ELIG', 'PORT', 'TERR', 'CAL', 'FIN', 'PAY', 'PIECE', 'BIL', 'QUAL'] as const;

const { regles } = lireCatalogue(readFileSync(join(import.meta.dirname, '../docs/regles.md'), 'utf8'));
const catalogue = [...regles.values()] as { prefixe: string; famille: string }[];

describe('Each dispositif says the nine families complete, those that its text has: `npm run regles` holds it to what it says', () => {
  it.each(dispositifs.map((d) => [d.code, d] as const))('%s', (_, { prefixeRegles, familles = [] }) => {
    const siennes = new Set(catalogue.filter(({ prefixe }) => prefixe === prefixeRegles).map(({ famille }) => famille));
    const attendues = NEUF.filter((famille) => siennes.has(famille));
    expect(attendues.length).toBeGreaterThan(7);
    expect(attendues.filter((famille) => !familles.includes(famille))).toEqual([]);
  });

  it('the seven are read', () => {
    expect(dispositifs.map(({ code }) => code).sort()).toEqual([
      'accompagnement-logement',
      'cllaj',
      'coordo-ase',
      'faj-co',
      'graine-de',
      'primo-locataires',
      'solutions-logement',
    ]);
  });
});
