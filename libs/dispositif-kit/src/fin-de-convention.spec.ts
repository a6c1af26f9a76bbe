import { describe, expect, it } from '@jest/globals';
import { ajouterMois, dateCivile, type DateCivile, Temporal } from '@sillage/kernel';
import fc from 'fast-check';
import { type DemandeDeFin, dernierEnvoi, echeanceAnnuelle, finAuPlusTot, PARAMETRES_DE_CONVENTION } from './index.js';
import { resoudreTous } from './parametre.js';

const DECLARES = resoudreTous(PARAMETRES_DE_CONVENTION, dateCivile('2026-01-01'), []);

function parametres(mois: number, annee: 'CIVILE' | 'OPERATION'): DemandeDeFin['parametres'] {
  return {
    ...DECLARES,
    denonciationPreavis: { ...DECLARES.denonciationPreavis, valeur: mois },
    echeanceAnnuelle: { ...DECLARES.echeanceAnnuelle, valeur: annee },
    resiliationDelai: { ...DECLARES.resiliationDelai, valeur: mois },
  };
}

function fin(nature: DemandeDeFin['nature'], envoyeeLe: string, autres: Partial<DemandeDeFin> = {}): string | null {
  const demande = { du: dateCivile('2026-01-01'), au: dateCivile('2027-12-31'), parametres: DECLARES, ...autres };
  return finAuPlusTot({ nature, envoyeeLe: dateCivile(envoyeeLe), ...demande })?.le.toString() ?? null;
}

describe('The earliest end of a convention', () => {
  it('14.3 #20, CONV-DEL-01: for the term of 2026-12-31, the letter is sent by 2026-10-31', () => {
    expect(dernierEnvoi(dateCivile('2026-12-31'), 2).toString()).toBe('2026-10-31');
    expect(fin('DENONCIATION', '2026-10-31')).toBe('2026-12-31');
    expect(fin('DENONCIATION', '2026-11-01')).toBe('2027-12-31');
    expect(fin('DENONCIATION', '2027-10-31')).toBe('2027-12-31');
    expect(fin('DENONCIATION', '2027-11-01')).toBeNull();
  });

  it('14.3 #21, CONV-DEL-02: a letter sent on 2027-01-15 may take effect from 2027-03-15', () => {
    expect(fin('RESILIATION', '2027-01-15')).toBe('2027-03-15');
    expect(fin('RESILIATION', '2027-10-31')).toBe('2027-12-31');
    expect(fin('RESILIATION', '2027-11-01')).toBeNull();
  });

  it('AMB-055: a month without that day gives its last, in common years and in leap years', () => {
    expect(fin('RESILIATION', '2026-12-31')).toBe('2027-02-28');
    expect(fin('RESILIATION', '2026-12-29')).toBe('2027-02-28');
    const bissextile = { du: dateCivile('2027-01-01'), au: dateCivile('2028-12-31') };
    expect(fin('RESILIATION', '2027-12-31', bissextile)).toBe('2028-02-29');
    expect(fin('RESILIATION', '2027-12-29', bissextile)).toBe('2028-02-29');
    expect(dernierEnvoi(dateCivile('2028-04-30'), 2).toString()).toBe('2028-02-29');
  });

  it('AMB-034: the term is 31 December, or the last day of a year of the convention', () => {
    const deMars = { du: dateCivile('2026-03-01'), au: dateCivile('2028-02-29') };
    expect(fin('DENONCIATION', '2026-04-01', deMars)).toBe('2026-12-31');
    const anniversaire = { ...deMars, parametres: parametres(2, 'OPERATION') };
    expect(fin('DENONCIATION', '2026-04-01', anniversaire)).toBe('2027-02-28');
    expect(fin('DENONCIATION', '2026-12-29', anniversaire)).toBe('2028-02-29');
  });

  it('is not before its first day', () => {
    const aVenir = { du: dateCivile('2026-06-01'), au: dateCivile('2027-05-31') };
    expect(fin('RESILIATION', '2026-01-15', aVenir)).toBe('2026-06-01');
    expect(fin('DENONCIATION', '2025-01-15', aVenir)).toBe('2026-12-31');
  });
});

const jour = (annees: { min: number; max: number }): fc.Arbitrary<DateCivile> =>
  fc
    .record({ year: fc.integer(annees), month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 31 }) })
    .map((date) => Temporal.PlainDate.from(date));

const demandes = fc
  .record({
    envoyeeLe: jour({ min: 2023, max: 2029 }),
    du: jour({ min: 2023, max: 2028 }),
    jours: fc.integer({ min: 0, max: 1500 }),
    mois: fc.integer({ min: 0, max: 14 }),
    annee: fc.constantFrom('CIVILE' as const, 'OPERATION' as const),
  })
  .map(({ envoyeeLe, du, jours, mois, annee }) => ({
    envoyeeLe,
    du,
    au: du.add({ days: jours }),
    mois,
    parametres: parametres(mois, annee),
  }));

const auPlus = (a: DateCivile, b: DateCivile): boolean => Temporal.PlainDate.compare(a, b) <= 0;

describe('Whatever the dates, the earliest end', () => {
  it('is within the convention, and a letter sent later never ends it sooner', () => {
    fc.assert(
      fc.property(
        demandes,
        fc.constantFrom('DENONCIATION' as const, 'RESILIATION' as const),
        fc.integer({ min: 0, max: 400 }),
        (demande, nature, plus) => {
          const tot = finAuPlusTot({ ...demande, nature });
          const tard = finAuPlusTot({ ...demande, nature, envoyeeLe: demande.envoyeeLe.add({ days: plus }) });
          if (tot === null) return tard === null;
          const dedans = auPlus(demande.du, tot.le) && auPlus(tot.le, demande.au);
          return dedans && (tard === null || auPlus(tot.le, tard.le));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('of a dénonciation is the first yearly term whose notice the letter respects', () => {
    fc.assert(
      fc.property(demandes, (demande) => {
        const { du, au, envoyeeLe, mois } = demande;
        const attendu = joursDe(du, au).find(
          (un) => echeanceAnnuelle(un, demande).equals(un) && auPlus(envoyeeLe, ajouterMois(un, -mois)),
        );
        expect(finAuPlusTot({ ...demande, nature: 'DENONCIATION' })?.le.toString()).toBe(attendu?.toString());
      }),
      { numRuns: 100 },
    );
  });

  it('of a résiliation leaves the whole delay after the letter', () => {
    fc.assert(
      fc.property(demandes, (demande) => {
        const le = finAuPlusTot({ ...demande, nature: 'RESILIATION' })?.le;
        return le === undefined || auPlus(ajouterMois(demande.envoyeeLe, demande.mois), le);
      }),
      { numRuns: 1000 },
    );
  });
});

function joursDe(du: DateCivile, au: DateCivile): DateCivile[] {
  return Array.from({ length: du.until(au).days + 1 }, (_, rang) => du.add({ days: rang }));
}
