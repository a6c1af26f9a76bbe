import { describe, expect, test } from '@jest/globals';
import { ajouterMois, dateCivile, Fraction, Periode } from '@sillage/kernel';
import fc from 'fast-check';
import { fileActiveComplete, fileActiveMoyenne, fileActivePossible } from './file-active.js';
import { moisDeLaConvention } from './mois.js';

/** A convention of a few months, the last one whole or cut short. */
const periodes = fc
  .record({
    du: fc.integer({ min: 0, max: 1500 }).map((jours) => dateCivile('2025-01-01').add({ days: jours })),
    mois: fc.integer({ min: 1, max: 24 }),
    ecourte: fc.integer({ min: 1, max: 20 }),
  })
  .map(({ du, mois, ecourte }) => Periode.de(du, ajouterMois(du, mois).subtract({ days: ecourte })));

/** So many days a month, from what each month has for one young person. */
const quantites = (periode: Periode, joursDe: (duMois: number, rang: number) => number) => ({
  joursAccompagnement: moisDeLaConvention(periode).map(({ du, jours }, rang) => ({
    du,
    nombre: joursDe(Number(jours), rang),
  })),
});
const decider = (periode: Periode, jeunes: number, joursDe: (duMois: number, rang: number) => number) =>
  fileActivePossible('jeunes').decider({ periode, bilan: { jeunes }, quantites: quantites(periode, joursDe) });

describe('A file active that could be (AMB-172)', () => {
  test('every month up to all its days for each young person, and then no more places than young people', () => {
    fc.assert(
      fc.property(periodes, fc.nat(200), fc.array(fc.nat(100), { minLength: 24 }), (periode, jeunes, parts) => {
        const joursDe = (duMois: number, rang: number) => Math.floor((jeunes * duMois * parts[rang]!) / 100);
        expect(decider(periode, jeunes, joursDe).issue).toBe('OUI');
        const { valeur } = fileActiveMoyenne({ periode, quantites: quantites(periode, joursDe), regle: 'X' });
        expect(valeur.comparer(Fraction.de(BigInt(jeunes)))).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('one day more in one month is refused, at the table, by its month alone', () => {
    fc.assert(
      fc.property(
        periodes,
        fc.nat(200),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.nat(23),
        (periode, jeunes, plus, x) => {
          const fautif = x % moisDeLaConvention(periode).length;
          const { issue, motifs } = decider(periode, jeunes, (n, rang) => jeunes * n + (rang === fautif ? plus : 0));
          expect(issue).toBe('NON');
          expect(motifs).toMatchObject([{ regle: 'AMB-172', chemin: ['bilan', 'fileActive'] }]);
          expect(motifs[0]?.message.match(/au plus/g)).toHaveLength(1);
        },
      ),
    );
  });

  test('says how many, of which month, in French', () => {
    const periode = Periode.de(dateCivile('2026-03-01'), dateCivile('2026-04-30'));
    const { motifs } = decider(periode, 30, (_, rang) => (rang === 0 ? 1_000_000 : 900));
    expect(motifs[0]?.message).toBe(
      'Plus de jours d’accompagnement que les jeunes accompagnés (30) n’en ont ensemble : 1000000 pour le mois du 1er mars 2026, 930 au plus.',
    );
    expect(decider(periode, 0, () => 1).issue).toBe('NON');
    expect(decider(periode, 0, () => 0).issue).toBe('OUI');
  });

  test('AMB-180: the months that are asked are dates as one says them', () => {
    const periode = Periode.de(dateCivile('2026-03-01'), dateCivile('2026-04-30'));
    const { motifs } = fileActiveComplete('X-01').decider({ periode, quantites: {} });
    expect(motifs[0]?.message).toContain(' : 1er mars 2026, 1er avril 2026.');
  });
});
