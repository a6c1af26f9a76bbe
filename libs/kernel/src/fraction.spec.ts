import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ErreurValeur } from './erreurs.js';
import { Fraction } from './fraction.js';

const entier = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
const fraction = fc
  .tuple(
    entier,
    entier.filter((n) => n !== 0n),
  )
  .map(([num, den]) => Fraction.de(num, den));
const nonNulle = fraction.filter((f) => !f.estNulle());
const { UN, ZERO } = Fraction;

describe('Fraction', () => {
  it('is reduced, with a positive denominator: one value, one form', () => {
    fc.assert(
      fc.property(
        entier,
        entier.filter((n) => n !== 0n),
        entier.filter((n) => n !== 0n),
        (num, den, facteur) => {
          const f = Fraction.de(num, den);
          expect(f.den > 0n).toBe(true);
          expect(f.num * den).toBe(num * f.den);
          expect(Fraction.de(num * facteur, den * facteur)).toEqual(f);
        },
      ),
    );
  });

  it('obeys the laws of a field, exactly', () => {
    fc.assert(
      fc.property(fraction, fraction, fraction, (a, b, c) => {
        expect(a.plus(b)).toEqual(b.plus(a));
        expect(a.fois(b)).toEqual(b.fois(a));
        expect(a.plus(b).plus(c)).toEqual(a.plus(b.plus(c)));
        expect(a.fois(b).fois(c)).toEqual(a.fois(b.fois(c)));
        expect(a.fois(b.plus(c))).toEqual(a.fois(b).plus(a.fois(c)));
        expect(a.plus(ZERO)).toEqual(a);
        expect(a.fois(UN)).toEqual(a);
        expect(a.plus(b).moins(b)).toEqual(a);
      }),
    );
    fc.assert(fc.property(fraction, nonNulle, (a, b) => expect(a.divise(b).fois(b)).toEqual(a)));
  });

  it('computes known values', () => {
    expect(Fraction.de(1n, 3n).plus(Fraction.de(1n, 6n)).toString()).toBe('1/2');
    expect(Fraction.de(1n, 2n).moins(Fraction.de(3n, 4n)).toString()).toBe('-1/4');
    expect(Fraction.de(2n, 3n).fois(Fraction.de(3n, 5n)).toString()).toBe('2/5');
    expect(Fraction.de(24n).divise(Fraction.de(-30n)).toString()).toBe('-4/5');
    expect(Fraction.de(6n, -3n).toString()).toBe('-2');
  });

  it('orders totally, in agreement with subtraction', () => {
    fc.assert(
      fc.property(fraction, fraction, (a, b) => {
        expect(a.comparer(b) + b.comparer(a)).toBe(0);
        const ecart = a.moins(b);
        expect(a.comparer(b)).toBe(ecart.estNulle() ? 0 : ecart.estNegative() ? -1 : 1);
      }),
    );
    expect(Fraction.de(-1n, 2n).comparer(Fraction.de(-1n, 3n))).toBe(-1);
  });

  it.each([
    ['0.80', '4/5'],
    ['-3.5', '-7/2'],
    ['-0.05', '-1/20'],
    ['12', '12'],
    ['0.1', '1/10'],
    ['999999999999999999.999999999999999999', '999999999999999999999999999999999999/1000000000000000000'],
  ])('reads the decimal %s as %s', (texte, attendu) => {
    expect(Fraction.decimale(texte).toString()).toBe(attendu);
  });

  it.each([
    '',
    ' 1',
    '1 000',
    '1e3',
    '+1',
    '0,8',
    '.5',
    '5.',
    '1/2',
    'NaN',
    '0x10',
    '١',
    '1'.repeat(19),
    '1.'.padEnd(21, '1'),
  ])('refuses %j as a decimal', (texte) => {
    expect(() => Fraction.decimale(texte)).toThrow(ErreurValeur);
  });

  it('reads a percentage without its sign', () => {
    expect(Fraction.pourcentage('60').toString()).toBe('3/5');
    expect(Fraction.pourcentage('12.5').toString()).toBe('1/8');
    expect(() => Fraction.pourcentage('60 %')).toThrow(ErreurValeur);
  });

  it('writes a finite decimal that reads back as the same value', () => {
    const decimale = fc
      .tuple(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), fc.nat(17))
      .map(([n, decimales]) => Fraction.de(n, 10n ** BigInt(decimales)));
    fc.assert(fc.property(decimale, (f) => expect(Fraction.decimale(f.enDecimal())).toEqual(f)));
  });

  it.each([
    [3n, 5n, '0.6'],
    [-1n, 20n, '-0.05'],
    [1n, 8n, '0.125'],
    [-7n, 1n, '-7'],
    [0n, 1n, '0'],
    [130000n, 3n, '130000/3'],
    [1n, 30n, '1/30'],
  ])('writes %s/%s as %s: never a rounded digit', (num, den, attendu) => {
    expect(Fraction.de(num, den).enDecimal()).toBe(attendu);
  });

  it('refuses a zero denominator with a way out', () => {
    expect(() => Fraction.de(1n, 0n)).toThrow(/différent de 0/);
    expect(() => UN.divise(ZERO)).toThrow(ErreurValeur);
  });

  it('does not choke on a hostile text, nor repeat it whole', () => {
    const message = messageDe(() => Fraction.decimale('9'.repeat(1_000_000)));
    expect(message.length).toBeLessThan(200);
  });

  it('gives the whole numbers around it, on both sides of zero', () => {
    fc.assert(
      fc.property(fraction, (f) => {
        const [inferieur, superieur] = [Fraction.de(f.entierInferieur()), Fraction.de(f.entierSuperieur())];
        expect(inferieur.comparer(f)).toBeLessThanOrEqual(0);
        expect(superieur.comparer(f)).toBeGreaterThanOrEqual(0);
        expect(superieur.moins(inferieur).comparer(UN)).toBeLessThanOrEqual(0);
        expect(f.den === 1n).toBe(superieur.comparer(inferieur) === 0);
      }),
    );
    expect([Fraction.de(-7n, 2n).entierInferieur(), Fraction.de(-7n, 2n).entierSuperieur()]).toEqual([-4n, -3n]);
  });

  it('sums, and finds the least and the greatest', () => {
    const [tiers, demi] = [Fraction.de(1n, 3n), Fraction.de(1n, 2n)];
    expect(Fraction.somme([tiers, demi, ZERO]).toString()).toBe('5/6');
    expect(Fraction.somme([])).toEqual(ZERO);
    expect(Fraction.min(demi, tiers, UN)).toBe(tiers);
    expect(Fraction.max(tiers, UN, demi)).toBe(UN);
  });

  it('is written as its text in JSON', () => {
    expect(JSON.stringify({ taux: Fraction.de(3n, 5n) })).toBe('{"taux":"3/5"}');
  });
});

function messageDe(essai: () => unknown): string {
  try {
    essai();
  } catch (erreur) {
    return (erreur as Error).message;
  }
  throw new Error('nothing was thrown');
}
