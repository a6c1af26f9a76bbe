import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { defautsDeGrille, itemsDeGrille, type Notes } from '@sillage/dispositif-kit';
import { charte } from './charte.js';

const [version] = charte.versions;
const items = itemsDeGrille(version!);
const CATALOGUE = readFileSync(new URL('../../../docs/regles.md', import.meta.url), 'utf8');

/** Every item at its maximum, bonuses included. */
const pleine: Notes = Object.fromEntries(
  items.map(({ code, max, sousPoints }) => [
    code,
    {
      points: max,
      ...(sousPoints && { sousPoints: Object.fromEntries(sousPoints.map((part) => [part.code, part.max])) }),
    },
  ]),
);

describe('ASE-IND-02: the charter of section 8.2, and its arithmetic (8.3)', () => {
  it('ASE-QUAL-A, ASE-QUAL-B, ASE-QUAL-C, ASE-QUAL-D, ASE-QUAL-E, ASE-QUAL-F: 14, 30, 12, 16, 16 and 12 make 100', () => {
    expect(version!.rubriques.map(({ code, max }) => [code, max])).toEqual([
      ['A', 14],
      ['B', 30],
      ['C', 12],
      ['D', 16],
      ['E', 16],
      ['F', 12],
    ]);
    expect(version!.rubriques.reduce((total, { max }) => total + max, 0)).toBe(100);
    expect(defautsDeGrille(charte)).toEqual([]);
  });

  it('14.3 #19: three bonuses of 3 outside the 100 (ASE-QUAL-A6, ASE-QUAL-B5, ASE-QUAL-E4)', () => {
    const bonus = items.filter(({ drapeau }) => drapeau === 'BONUS');
    expect(bonus.map(({ code, max }) => [code, max])).toEqual([
      ['A6', 3],
      ['B5', 3],
      ['E4', 3],
    ]);
    expect(Object.values(pleine).reduce((total, { points }) => total + points, 0)).toBe(109);
    expect(items).toHaveLength(24);
  });

  it('two malus inside the 14 (ASE-QUAL-A4, ASE-QUAL-A5)', () => {
    expect(items.filter(({ drapeau }) => drapeau === 'MALUS').map(({ code, max }) => [code, max])).toEqual([
      ['A4', 2],
      ['A5', 2],
    ]);
  });

  it('ASE-QUAL-A1: 3 to the ASE, 2 to the SLAI, 1 to the siège', () => {
    expect(items.find(({ code }) => code === 'A1')?.sousPoints?.map(({ code, max }) => [code, max])).toEqual([
      ['ASE', 3],
      ['SLAI', 2],
      ['SIEGE', 1],
    ]);
  });

  it.each([
    'ASE-QUAL-A1 6',
    'ASE-QUAL-A2 2',
    'ASE-QUAL-A3 2',
    'ASE-QUAL-A4 2',
    'ASE-QUAL-A5 2',
    'ASE-QUAL-A6 3',
    'ASE-QUAL-B1 15',
    'ASE-QUAL-B2 5',
    'ASE-QUAL-B3 5',
    'ASE-QUAL-B4 5',
    'ASE-QUAL-B5 3',
    'ASE-QUAL-C1 4',
    'ASE-QUAL-C2 4',
    'ASE-QUAL-C3 4',
    'ASE-QUAL-D1 4',
    'ASE-QUAL-D2 4',
    'ASE-QUAL-D3 4',
    'ASE-QUAL-D4 4',
    'ASE-QUAL-E1 4',
    'ASE-QUAL-E2 4',
    'ASE-QUAL-E3 8',
    'ASE-QUAL-E4 3',
    'ASE-QUAL-F1 6',
    'ASE-QUAL-F2 6',
  ])('%s points, as the catalogue says', (ligne) => {
    const [regle, points] = ligne.split(' ');
    const item = items.find((candidat) => candidat.regle === regle);
    expect(item?.max).toBe(Number(points));
    const cellules = CATALOGUE.split('\n')
      .find((rangee) => rangee.startsWith(`| ${regle} |`))
      ?.split('|')
      .map((cellule) => cellule.trim());
    expect(cellules?.[5]?.replace('+', '')).toBe(points);
    const drapeau = cellules?.[7] === '**+**' ? 'BONUS' : cellules?.[7]?.includes('M') ? 'MALUS' : undefined;
    expect(item?.drapeau).toBe(drapeau);
  });
});
