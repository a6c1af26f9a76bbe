import { describe, expect, it } from '@jest/globals';
import { dateCivile, Fraction, Periode } from '@sillage/kernel';
import fc from 'fast-check';
import type { Chiffre } from './chiffre.js';
import { moyenneDesTermes } from './termes-en-vigueur.js';

const ANNEE = Periode.de(dateCivile('2026-01-31'), dateCivile('2027-01-30'));
const DEUX = [
  ['2026-01-31', 30],
  ['2026-07-31', 40],
] as const;

function places(paliers: readonly (readonly [du: string, places: number])[], periode = ANNEE): Chiffre {
  return moyenneDesTermes({
    libelle: 'Places',
    unite: 'places',
    periode,
    termesSuccessifs: paliers.map(([du, termes]) => ({ du: dateCivile(du), termes })),
    quantite: (termes) => Fraction.de(BigInt(termes)),
    regle: 'ASE-FIN-05',
  });
}

const moyenne = (...paliers: (readonly [string, number])[]): string => places(paliers).valeur.toString();

describe('AMB-190: what holds over time is averaged by month', () => {
  it('counts each month with the terms of its first day, counted from the convention’s (AMB-171)', () => {
    expect(moyenne(['2026-01-31', 30], ['2026-07-31', 40])).toBe('35');
    expect(moyenne(['2026-01-31', 30], ['2026-02-28', 42])).toBe('41');
    expect(moyenne(['2026-01-31', 30], ['2026-03-01', 42])).toBe('40');
    expect(moyenne(['2026-01-31', 30], ['2027-01-30', 15])).toBe('30');
    expect(moyenne(['2026-01-31', 30], ['2026-05-31', 20], ['2026-09-30', 11])).toBe('61/3');
    // Signed later, it prevails from its day on, be it earlier than the former’s, with the same value.
    expect(moyenne(['2026-01-31', 30], ['2026-10-31', 40], ['2026-05-31', 40])).toBe('110/3');
    expect(moyenne(['2026-01-31', 30], ['2026-05-31', 40], ['2026-10-31', 40])).toBe('110/3');
  });

  it('lists the values in turn and their first days', () => {
    expect(places(DEUX).explication).toEqual({
      libelle: 'Places, en moyenne',
      resultat: '35 places',
      formule: 'moyenne des mois de la convention, chacun selon les termes en vigueur à son premier jour',
      regle: 'ASE-FIN-05',
      interpretation: 'AMB-190',
      entrees: [
        { nom: 'Depuis le 31 janvier 2026', valeur: '30 places, pour 6 mois' },
        { nom: 'Depuis le 31 juillet 2026', valeur: '40 places, pour 6 mois' },
      ],
    });
  });

  it('is a plain line where nothing changed it, with or without an end', () => {
    const plate = { libelle: 'Places', resultat: '30 places', regle: 'ASE-FIN-05' };
    expect(places([['2026-01-31', 30]]).explication).toEqual(plate);
    expect(places([['2026-01-31', 30]], Periode.de(ANNEE.du, null)).explication).toEqual(plate);
    expect(
      places([
        ['2026-01-31', 30],
        ['2026-07-31', 30],
      ]).explication,
    ).toEqual(plate);
  });

  it('has no meaning without terms, nor for changes without an end', () => {
    expect(() => places([])).toThrow(/premier jour/);
    expect(() => places(DEUX, Periode.de(ANNEE.du, null))).toThrow(/Division par zéro/);
  });

  it('stays between the least and the greatest, and is the value when all are equal', () => {
    const paliers = fc.array(fc.tuple(fc.nat({ max: 400 }), fc.nat({ max: 60 })), { maxLength: 5 });
    fc.assert(
      fc.property(fc.nat({ max: 60 }), paliers, fc.nat({ max: 400 }), (debut, suivants, duree) => {
        const successifs: [string, number][] = [
          [ANNEE.du.toString(), debut],
          ...suivants
            .toSorted(([a], [b]) => a - b)
            .map(([jours, n]): [string, number] => [ANNEE.du.add({ days: jours }).toString(), n]),
        ];
        const periode = Periode.de(ANNEE.du, ANNEE.du.add({ days: duree }));
        const valeurs = successifs.map(([, n]) => Fraction.de(BigInt(n)));
        const { valeur } = places(successifs, periode);
        expect(valeur.comparer(Fraction.min(valeurs[0]!, ...valeurs))).toBeGreaterThanOrEqual(0);
        expect(valeur.comparer(Fraction.max(valeurs[0]!, ...valeurs))).toBeLessThanOrEqual(0);
        const egaux = successifs.map(([du]): [string, number] => [du, debut]);
        expect(places(egaux, periode).valeur).toEqual(valeurs[0]);
      }),
    );
  });
});
