import { describe, expect, it } from '@jest/globals';
import { ajouterMois, dateCivile, Periode } from '@sillage/kernel';
import fc from 'fast-check';
import { deciderContinuite, type Financement } from './continuite.js';
import { parametre, resoudre } from './parametre.js';

const DU = '2026-01-12';
const DATE = dateCivile('2026-06-01');
const options = { libelle: 'Limite', regle: 'FAJCO-ELIG-11', interpretation: 'AMB-045' };
const mois = resoudre('mois', parametre.mois([{ du: DU, valeur: 24 }], options), DATE, []);
const exercices = resoudre(
  'exercices',
  parametre.entier([{ du: DU, valeur: 2 }], { ...options, unite: 'exercices' }),
  DATE,
  [],
);

const financer = (du: string, nombre: number, exercice: number): Financement => ({
  periode: Periode.de(dateCivile(du), ajouterMois(dateCivile(du), nombre).subtract({ days: 1 })),
  exercice,
});
const decider = (anterieurs: readonly Financement[], propose: Parameters<typeof deciderContinuite>[0]['propose']) =>
  deciderContinuite({
    anterieurs,
    propose,
    mois,
    exercices,
    regle: 'FAJCO-ELIG-11',
    chemins: { mois: ['au'], exercices: ['candidatureId'] },
  });
const refus = (...args: Parameters<typeof decider>) => decider(...args).motifs.map(({ chemin }) => chemin?.join('.'));

describe('AMB-045: 24 months or 2 years of grant, the first reached', () => {
  const premiere = financer('2026-07-01', 12, 2026);

  it('twelve months more are admitted, thirteen are not', () => {
    expect(refus([], premiere)).toEqual([]);
    expect(refus([premiere], financer('2027-07-01', 12, 2027))).toEqual([]);
    expect(refus([premiere], financer('2027-07-01', 13, 2027))).toEqual(['au']);
  });

  it('a third year is refused, however short; a year counts once', () => {
    const courtes = [financer('2026-07-01', 2, 2026), financer('2027-03-01', 2, 2027)];
    expect(refus(courtes, financer('2027-07-01', 2, 2027))).toEqual([]);
    expect(refus(courtes, financer('2028-03-01', 1, 2028))).toEqual(['candidatureId']);
  });

  it('a day beyond is beyond, and both limits may speak', () => {
    const unJour = { periode: Periode.de(dateCivile('2028-07-01'), dateCivile('2028-07-01')), exercice: 2028 };
    const pleine = [premiere, financer('2027-07-01', 12, 2027)];
    expect(refus(pleine, unJour)).toEqual(['au', 'candidatureId']);
  });

  it('before its dates are known, at least a day must be left', () => {
    const { periode } = financer('2026-07-01', 24, 2026);
    expect(refus([{ periode, exercice: 2026 }], { periode: null, exercice: 2026 })).toEqual(['au']);
    expect(refus([premiere], { periode: null, exercice: 2026 })).toEqual([]);
  });

  it('what is accepted in turn never goes beyond either', () => {
    const proposition = fc.record({
      rang: fc.integer({ min: 0, max: 40 }),
      nombre: fc.integer({ min: 1, max: 24 }),
      exercice: fc.integer({ min: 2026, max: 2029 }),
    });
    fc.assert(
      fc.property(fc.array(proposition, { maxLength: 12 }), (propositions) => {
        const acceptes: (Financement & { nombre: number })[] = [];
        for (const { rang, nombre, exercice } of propositions) {
          const du = ajouterMois(dateCivile('2026-01-01'), rang).toString();
          const financement = { ...financer(du, nombre, exercice), nombre };
          if (decider(acceptes, financement).issue === 'OUI') acceptes.push(financement);
        }
        expect(acceptes.reduce((total, { nombre }) => total + nombre, 0)).toBeLessThanOrEqual(24);
        expect(new Set(acceptes.map(({ exercice }) => exercice)).size).toBeLessThanOrEqual(2);
      }),
    );
  });
});
