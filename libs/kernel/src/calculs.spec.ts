import { describe, expect, it } from '@jest/globals';
import { Fraction } from './fraction.js';
import { Montant } from './montant.js';

/** The catalogue's own figures (section 14.3), worked with nothing but the kernel. */
const part = (montant: string, taux: string): string =>
  Montant.arrondir(Montant.euros(montant).enFraction().fois(Fraction.pourcentage(taux))).toString();

describe('amounts of the catalogue', () => {
  it.each([
    ['ASE-PAY-01: advance of 60 %', '52000', '60', '31200.00'],
    ['ASGL-PAY-01 (case 16): advance of 80 %', '100000', '80', '80000.00'],
    ['GRAINE-FIN-04 (case 17): 20 % of direct expenses', '40000', '20', '8000.00'],
  ])('%s', (_, montant, taux, attendu) => {
    expect(part(montant, taux)).toBe(attendu);
  });

  const CINQUANTE = Fraction.pourcentage('50');
  const du = (realises: bigint, engages: bigint, score: string): Montant =>
    Montant.arrondir(
      Montant.euros('52000')
        .enFraction()
        .fois(CINQUANTE.fois(Fraction.de(realises, engages)).plus(CINQUANTE.fois(Fraction.pourcentage(score)))),
    );

  it.each([
    [30n, '100', '52000.00', '20800.00'],
    [24n, '90', '44200.00', '13000.00'],
    [15n, '70', '31200.00', '0.00'],
    [15n, '50', '26000.00', '-5200.00'],
  ])('ASE 8.4 (case 18): %s/30 and %s/100 on 52 000: due %s, balance %s', (realises, score, attendu, solde) => {
    const montant = du(realises, 30n, score);
    expect(montant.toString()).toBe(attendu);
    expect(montant.moins(Montant.euros('31200')).toString()).toBe(solde);
  });

  it('ASE 8.4: one missing place out of 30 costs 866.67, one point 260', () => {
    expect(
      du(30n, 30n, '100')
        .moins(du(29n, 30n, '100'))
        .toString(),
    ).toBe('866.67');
    expect(
      du(30n, 30n, '100')
        .moins(du(30n, 30n, '99'))
        .toString(),
    ).toBe('260.00');
  });

  it('ASE-FIN-01, ASE-FIN-04: 43 333.33 of direct expenses and their 20 % reach the cap', () => {
    const direct = Montant.euros('52000').enFraction().divise(Fraction.decimale('1.20'));
    expect(Montant.arrondir(direct).toString()).toBe('43333.33');
    expect(Montant.arrondir(direct.fois(Fraction.pourcentage('20'))).toString()).toBe('8666.67');
    expect(Montant.arrondir(direct.fois(Fraction.decimale('1.20'))).toString()).toBe('52000.00');
  });

  it('ASE 8.3 (case 19): a score of 100 with a bonus of 9 is capped at 100', () => {
    const brut = Fraction.de(109n);
    const plafond = Fraction.de(100n);
    expect((brut.comparer(plafond) === 1 ? plafond : brut).toString()).toBe('100');
  });

  it('AMB-082: the cap follows the months of the convention, rounded once', () => {
    const plafond = Montant.euros('52000').enFraction().fois(Fraction.decimale('0.5')).fois(Fraction.de(7n, 12n));
    expect(Montant.arrondir(plafond).toString()).toBe('15166.67');
  });
});
