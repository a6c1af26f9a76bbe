import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { uneDate } from '../test/arbitraires.js';
import { dateCivile } from './dates.js';
import type { DateCivile } from './dates.js';
import { ErreurValeur } from './erreurs.js';
import { ajouterJours, estFerie, estOuvrable, estOuvre } from './jours-ouvres.js';

function feriesDe(annee: number): string[] {
  const feries: string[] = [];
  let d: DateCivile = dateCivile(`${annee}-01-01`);
  for (; d.year === annee; d = d.add({ days: 1 })) if (estFerie(d)) feries.push(d.toString().slice(5));
  return feries;
}

describe('French public holidays', () => {
  it('are the eleven of 2026, Easter ones included', () => {
    expect(feriesDe(2026)).toEqual([
      '01-01',
      '04-06',
      '05-01',
      '05-08',
      '05-14',
      '05-25',
      '07-14',
      '08-15',
      '11-01',
      '11-11',
      '12-25',
    ]);
  });

  it.each([
    [2024, '04-01', '05-09', '05-20'],
    [2025, '04-21', '05-29', '06-09'],
    [2027, '03-29', '05-06', '05-17'],
    [2028, '04-17', '05-25', '06-05'],
    [2035, '03-26', '05-03', '05-14'],
    [2038, '04-26', '06-03', '06-14'],
    [1981, '04-20', '05-28', '06-08'],
    [2049, '04-19', '05-27', '06-07'],
  ])('Easter Monday, Ascension and Whit Monday move in %i', (annee, ...mobiles) => {
    expect(feriesDe(annee)).toEqual(expect.arrayContaining(mobiles));
  });

  it('Ascension may fall on 1 May (2008) or 8 May (1997): ten days off those years', () => {
    expect(feriesDe(2008)).toHaveLength(10);
    expect(feriesDe(1997)).toHaveLength(10);
  });

  it('are 10 or 11 each year; the movable ones are a Monday, a Thursday and a Monday', () => {
    for (let annee = 1990; annee <= 2060; annee += 1) {
      const feries = feriesDe(annee);
      expect([10, 11]).toContain(feries.length);
      const fixes = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];
      for (const jour of feries.filter((f) => !fixes.includes(f))) {
        expect([1, 4]).toContain(dateCivile(`${annee}-${jour}`).dayOfWeek);
      }
    }
  });
});

describe('working days', () => {
  it.each([
    ['2026-05-13', true, true],
    ['2026-05-14', false, false],
    ['2026-05-16', false, true],
    ['2026-05-17', false, false],
    ['2026-08-15', false, false],
  ])('%s: ouvré %s, ouvrable %s', (jour, ouvre, ouvrable) => {
    expect([estOuvre(dateCivile(jour)), estOuvrable(dateCivile(jour))]).toEqual([ouvre, ouvrable]);
  });

  it('ASE-DEL-01 (case 8): 15 calendar days after 2 March is 17 March', () => {
    expect(ajouterJours(dateCivile('2026-03-02'), 15, 'calendaires').toString()).toBe('2026-03-17');
  });

  it.each([
    ['calendaires', '2026-05-23'],
    ['ouvrables', '2026-05-27'],
    ['ouvres', '2026-05-29'],
  ] as const)('AMB-056: 10 days %s after 13 May 2026 is %s', (unite, attendu) => {
    expect(ajouterJours(dateCivile('2026-05-13'), 10, unite).toString()).toBe(attendu);
  });

  it('counts as many working days as asked, and lands on one', () => {
    fc.assert(
      fc.property(uneDate, fc.integer({ min: 1, max: 60 }), fc.constantFrom('ouvrables', 'ouvres'), (d, n, unite) => {
        const compte = unite === 'ouvres' ? estOuvre : estOuvrable;
        for (const sens of [1, -1]) {
          const arrivee = ajouterJours(d, sens * n, unite);
          expect(compte(arrivee)).toBe(true);
          const distance = Math.abs(d.until(arrivee).days);
          const parcourus = Array.from({ length: distance }, (_, rang) => d.add({ days: sens * (rang + 1) }));
          expect(parcourus.filter(compte)).toHaveLength(n);
          expect(distance === 0 || parcourus.at(-1)?.equals(arrivee)).toBe(true);
        }
      }),
    );
  });

  it('AMB-056: the calendar reading is the shortest, the working week the longest', () => {
    fc.assert(
      fc.property(uneDate, fc.nat(60), (d, n) => {
        const [calendaires, ouvrables, ouvres] = (['calendaires', 'ouvrables', 'ouvres'] as const).map(
          (unite) => d.until(ajouterJours(d, n, unite)).days,
        );
        expect(calendaires).toBe(n);
        expect(ouvrables).toBeGreaterThanOrEqual(n);
        expect(ouvres).toBeGreaterThanOrEqual(ouvrables as number);
      }),
    );
  });

  it('no day is no move, and half a day is refused', () => {
    expect(ajouterJours(dateCivile('2026-05-14'), 0, 'ouvres').toString()).toBe('2026-05-14');
    expect(() => ajouterJours(dateCivile('2026-05-14'), 1.5, 'ouvres')).toThrow(ErreurValeur);
    expect(() => ajouterJours(dateCivile('2026-05-14'), Number.POSITIVE_INFINITY, 'ouvres')).toThrow(ErreurValeur);
  });
});
