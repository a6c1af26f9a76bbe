import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { uneDate } from '../test/arbitraires.js';
import { ajouterMois, dateCivile } from './dates.js';
import type { DateCivile } from './dates.js';
import { ErreurValeur } from './erreurs.js';
import { Fraction } from './fraction.js';
import { Periode } from './periode.js';

const periode = (du: string, au: string | null): Periode =>
  Periode.de(dateCivile(du), au === null ? null : dateCivile(au));

const uneFermee = fc.tuple(uneDate, fc.nat(1200)).map(([du, jours]) => Periode.de(du, du.add({ days: jours })));
const unePeriode = fc.oneof(
  uneFermee,
  uneDate.map((du) => Periode.de(du, null)),
);

describe('Periode', () => {
  it('refuses to end before it starts, naming both dates', () => {
    expect(() => periode('2026-03-02', '2026-03-01')).toThrow(ErreurValeur);
    expect(() => periode('2026-03-02', '2026-03-01')).toThrow(/1er mars 2026.*2 mars 2026.*corrigez/);
    expect(periode('2026-03-01', '2026-03-01').nombreDeMois().toString()).toBe('1/31');
  });

  it('contains its two ends and nothing beyond', () => {
    fc.assert(
      fc.property(uneFermee, (p) => {
        const au = p.au as DateCivile;
        expect([p.contient(p.du), p.contient(au)]).toEqual([true, true]);
        expect([p.contient(p.du.subtract({ days: 1 })), p.contient(au.add({ days: 1 }))]).toEqual([false, false]);
      }),
    );
    expect(periode('2026-01-01', null).contient(dateCivile('2099-12-31'))).toBe(true);
    expect(periode('2026-01-01', null).contient(dateCivile('2025-12-31'))).toBe(false);
  });

  it('overlaps another exactly when they share a day', () => {
    const proche = fc.tuple(fc.nat(40), fc.option(fc.nat(20))).map(([debut, duree]) => {
      const du = dateCivile('2026-02-01').add({ days: debut });
      return Periode.de(du, duree === null ? null : du.add({ days: duree }));
    });
    const jours = Array.from({ length: 70 }, (_, n) => dateCivile('2026-02-01').add({ days: n }));
    fc.assert(
      fc.property(proche, proche, (a, b) => {
        expect(a.chevauche(b)).toBe(jours.some((d) => a.contient(d) && b.contient(d)));
        expect(b.chevauche(a)).toBe(a.chevauche(b));
      }),
    );
    fc.assert(fc.property(unePeriode, (p) => expect(p.chevauche(p)).toBe(true)));
  });

  it('one that ends on the 15th and one that starts on the 15th share that day', () => {
    expect(periode('2026-01-12', '2026-02-15').chevauche(periode('2026-02-15', null))).toBe(true);
    expect(periode('2026-01-12', '2026-02-15').chevauche(periode('2026-02-16', null))).toBe(false);
  });

  it.each([
    ['2026-03-01', '2027-02-28', 12, false],
    ['2026-03-01', '2027-03-01', 12, true],
    ['2026-07-15', '2027-07-14', 12, false],
    ['2026-07-15', '2027-07-15', 12, true],
    ['2027-03-01', '2028-02-29', 12, false],
    ['2028-02-29', '2029-02-27', 12, false],
    ['2028-02-29', '2029-02-28', 12, true],
    ['2026-12-01', '2027-11-30', 12, false],
    ['2026-12-01', '2028-05-31', 18, false],
    ['2026-12-01', '2028-06-01', 18, true],
  ])('ASE-CAL-02: %s..%s over %i months: %s', (du, au, mois, attendu) => {
    expect(periode(du, au).depasse(mois)).toBe(attendu);
  });

  it('ASE-CAL-02: without an end, it exceeds any length', () => {
    expect(periode('2026-03-01', null).depasse(12)).toBe(true);
  });

  it('ASGL-WF-05 (case 13): a measure of 12 months ends on 30 November 2027, extended by 6 on 31 May 2028', () => {
    const debut = dateCivile('2026-12-01');
    const fin = (mois: number): DateCivile => ajouterMois(debut, mois).subtract({ days: 1 });
    expect([fin(12).toString(), fin(18).toString()]).toEqual(['2027-11-30', '2028-05-31']);
    expect(Periode.de(debut, fin(12)).nombreDeMois().toString()).toBe('12');
    expect(Periode.de(debut, fin(18)).nombreDeMois().toString()).toBe('18');
  });

  it.each([
    ['2026-03-01', '2027-02-28', '12'],
    ['2026-07-01', '2026-12-31', '6'],
    ['2026-01-31', '2026-03-30', '2'],
    ['2026-03-01', '2026-03-15', '15/31'],
    ['2026-02-15', '2026-03-31', '48/31'],
    ['2026-02-01', '2026-02-14', '1/2'],
    ['2026-01-31', '2026-02-28', '32/31'],
  ])('%s..%s lasts %s months', (du, au, attendu) => {
    expect(periode(du, au).nombreDeMois().toString()).toBe(attendu);
  });

  it('its number of months grows with each day, and says the same as `depasse`', () => {
    fc.assert(
      fc.property(uneFermee, fc.integer({ min: 1, max: 40 }), (p, mois) => {
        const unJourDePlus = Periode.de(p.du, (p.au as DateCivile).add({ days: 1 }));
        expect(unJourDePlus.nombreDeMois().comparer(p.nombreDeMois())).toBe(1);
        expect(p.depasse(mois)).toBe(p.nombreDeMois().comparer(Fraction.de(BigInt(mois))) === 1);
      }),
    );
  });

  it('n months from a date last n months (AMB-055)', () => {
    fc.assert(
      fc.property(uneDate, fc.integer({ min: 1, max: 60 }), (du, n) => {
        const p = Periode.de(du, ajouterMois(du, n).subtract({ days: 1 }));
        expect(p.nombreDeMois().toString()).toBe(`${n}`);
        expect(p.depasse(n)).toBe(false);
      }),
    );
  });

  it('cannot count the months of a period without an end', () => {
    expect(() => periode('2026-03-01', null).nombreDeMois()).toThrow(/date de fin/);
  });
});
