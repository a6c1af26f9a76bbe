import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ErreurValeur } from './erreurs.js';
import { Fraction } from './fraction.js';
import { Montant } from './montant.js';

const centimes = fc.bigInt({ min: -(10n ** 17n) + 1n, max: 10n ** 17n - 1n });
const montant = centimes.map((c) => Montant.centimes(c));
const euros = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 6n }))
  .map(([num, den]) => Fraction.de(num, den));

describe('Montant', () => {
  it.each([
    ['52000.00', 5_200_000n],
    ['52000', 5_200_000n],
    ['0.5', 50n],
    ['0.05', 5n],
    ['-12.34', -1234n],
    ['-0.00', 0n],
    ['999999999999999.99', 99_999_999_999_999_999n],
  ])('reads %s euros as %s cents', (texte, attendu) => {
    expect(Montant.euros(texte).centimes).toBe(attendu);
  });

  it.each([
    '',
    '52 000',
    '52000,00',
    '1.234',
    '1e5',
    '.5',
    '5.',
    '+5',
    '--5',
    '5€',
    'NaN',
    '1'.repeat(16),
    '52000.00\n',
  ])('refuses %j, saying what to write', (texte) => {
    expect(() => Montant.euros(texte)).toThrow(ErreurValeur);
    expect(() => Montant.euros(texte)).toThrow(/par exemple 52000\.00/);
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(montant, (m) => {
        expect(Montant.euros(m.toString()).centimes).toBe(m.centimes);
        expect(m.toString()).toMatch(/^-?\d+\.\d{2}$/);
      }),
    );
  });

  it('adds and subtracts exactly, where floats do not', () => {
    expect(Montant.euros('0.10').plus(Montant.euros('0.20')).toString()).toBe('0.30');
    fc.assert(
      fc.property(montant, montant, (a, b) => {
        expect(a.plus(b).centimes).toBe(a.centimes + b.centimes);
        expect(a.plus(b).moins(b).egale(a)).toBe(true);
        expect(a.enFraction().plus(b.enFraction())).toEqual(a.plus(b).enFraction());
      }),
    );
  });

  it('sums, orders, and finds the least and the greatest', () => {
    fc.assert(
      fc.property(montant, fc.array(montant), (premier, autres) => {
        const tous = [premier, ...autres];
        expect(Montant.somme(tous).centimes).toBe(tous.reduce((t, m) => t + m.centimes, 0n));
        const min = Montant.min(premier, ...autres);
        const max = Montant.max(premier, ...autres);
        expect(tous).toContain(min);
        expect(tous).toContain(max);
        for (const m of tous) {
          expect(min.comparer(m)).not.toBe(1);
          expect(max.comparer(m)).not.toBe(-1);
        }
      }),
    );
    expect(Montant.somme([]).egale(Montant.ZERO)).toBe(true);
    expect(Montant.euros('1').comparer(Montant.euros('2'))).toBe(-1);
    expect(Montant.euros('2').comparer(Montant.euros('1'))).toBe(1);
    expect(Montant.euros('1').egale(Montant.euros('2'))).toBe(false);
    expect(Montant.centimes(-1n).estNegatif()).toBe(true);
    expect(Montant.ZERO.estNegatif()).toBe(false);
  });

  it('AMB-104: rounds to the nearest cent, a tie away from zero', () => {
    const DEMI_CENTIME = Fraction.de(1n, 200n);
    fc.assert(
      fc.property(euros, (exact) => {
        const arrondi = Montant.arrondir(exact).enFraction();
        const ecart = arrondi.moins(exact);
        const absolu = ecart.estNegative() ? Fraction.de(0n).moins(ecart) : ecart;
        expect(absolu.comparer(DEMI_CENTIME)).not.toBe(1);
        if (absolu.comparer(DEMI_CENTIME) === 0) expect(ecart.estNegative()).toBe(exact.estNegative());
      }),
    );
  });

  it.each([
    ['0.004', '0.00'],
    ['0.005', '0.01'],
    ['0.0049999', '0.00'],
    ['2.675', '2.68'],
    ['1.005', '1.01'],
    ['-0.005', '-0.01'],
    ['-0.004', '0.00'],
  ])('AMB-104: rounds %s to %s', (exact, attendu) => {
    expect(Montant.arrondir(Fraction.decimale(exact)).toString()).toBe(attendu);
  });

  it('AMB-104: a correction rounds to the exact opposite of what it corrects', () => {
    fc.assert(
      fc.property(euros, (exact) => {
        const oppose = Montant.arrondir(Fraction.de(0n).moins(exact));
        expect(Montant.arrondir(exact).plus(oppose).egale(Montant.ZERO)).toBe(true);
      }),
    );
  });

  it('AMB-169: leaves whole cents as they are, so that rounding twice changes nothing', () => {
    fc.assert(fc.property(montant, (m) => expect(Montant.arrondir(m.enFraction()).egale(m)).toBe(true)));
  });

  it('AMB-169: rounding each part can pay a cent too much; rounding the total does not', () => {
    const part = Montant.euros('0.01').enFraction().fois(Fraction.de(1n, 2n));
    const chacune = Montant.somme([Montant.arrondir(part), Montant.arrondir(part)]);
    expect(chacune.toString()).toBe('0.02');
    expect(Montant.arrondir(part.plus(part)).toString()).toBe('0.01');
  });

  it.each([
    [3_120_000n, '31\u202F200,00\u00A0€'],
    [0n, '0,00\u00A0€'],
    [5n, '0,05\u00A0€'],
    [99_999n, '999,99\u00A0€'],
    [100_000n, '1\u202F000,00\u00A0€'],
    [123_456_789_01n, '123\u202F456\u202F789,01\u00A0€'],
    [-520_000n, '-5\u202F200,00\u00A0€'],
  ])('writes %s cents in French typography', (c, attendu) => {
    expect(Montant.centimes(c).enFrancais()).toBe(attendu);
  });

  it('is written as its text in JSON, never as a number', () => {
    expect(JSON.stringify({ montant: Montant.euros('31200') })).toBe('{"montant":"31200.00"}');
  });
});
