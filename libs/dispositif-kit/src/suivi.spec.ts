import { describe, expect, it } from '@jest/globals';
import { ajouterMois, dateCivile, type DateCivile, Periode, Temporal } from '@sillage/kernel';
import fc from 'fast-check';
import { parametre, type Parametre, resoudreTous } from './parametre.js';
import { type Periodicite, type SuiviAttendu, suivisAttendus } from './suivi.js';

const DU = '2020-01-01';
const options = { libelle: 'Délai', regle: 'TRANS-24' };
const DELAIS = {
  jour: parametre.entier([{ du: DU, valeur: 10 }], { ...options, unite: 'du mois' }),
  jours: parametre.jours([{ du: DU, valeur: 15 }], options),
  mois: parametre.mois([{ du: DU, valeur: 1 }], options),
} as const satisfies Record<string, Parametre>;
const RESOLUS = resoudreTous(DELAIS, dateCivile('2026-01-01'), []);
const MOIS: Record<Periodicite, number> = { MENSUELLE: 1, TRIMESTRIELLE: 3, SEMESTRIELLE: 6, ANNUELLE: 12 };

const attendus = (
  periodicite: Periodicite,
  periode: Periode,
  { delai = 'jour', desLeDebut }: { delai?: keyof typeof DELAIS; desLeDebut?: true } = {},
): readonly SuiviAttendu[] =>
  suivisAttendus({ periodicite, du: delai, ...(desLeDebut && { desLeDebut }) }, periode, DELAIS, RESOLUS);
const jours = (dates: readonly DateCivile[]): string[] => dates.map((date) => date.toString());

const periode = fc
  .record({ apres: fc.integer({ min: 0, max: 1500 }), duree: fc.integer({ min: 0, max: 900 }) })
  .map(({ apres, duree }) => {
    const du = dateCivile('2024-01-31').add({ days: apres });
    return Periode.de(du, du.add({ days: duree }));
  });
const periodicite = fc.constantFrom(...(Object.keys(MOIS) as Periodicite[]));

describe('The periods of a convention', () => {
  it('AMB-171: partition it, each of whole months from its first day, the last one cut short', () => {
    fc.assert(
      fc.property(periodicite, periode, (rythme, convention) => {
        const lus = attendus(rythme, convention);
        expect(lus.map(({ rang }) => rang)).toEqual(lus.map((_, n) => n + 1));
        expect(lus[0]?.du.equals(convention.du)).toBe(true);
        expect(lus.at(-1)?.au.toString()).toBe(convention.au?.toString());
        lus.slice(1).forEach(({ du }, n) => expect(du.toString()).toBe(lus[n]?.au.add({ days: 1 }).toString()));
        lus.forEach(({ rang, du, au }) => {
          expect(du.toString()).toBe(ajouterMois(convention.du, (rang - 1) * MOIS[rythme]).toString());
          expect(Temporal.PlainDate.compare(du, au)).toBeLessThanOrEqual(0);
        });
      }),
    );
  });

  it('AMB-171: begin on the 31st, then on the last day of shorter months', () => {
    const lus = attendus('MENSUELLE', Periode.de(dateCivile('2026-12-31'), dateCivile('2027-04-30')));
    expect(jours(lus.map(({ du }) => du))).toEqual([
      '2026-12-31',
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
    ]);
  });

  it('are none without an end', () => {
    expect(attendus('MENSUELLE', Periode.de(dateCivile('2026-03-01'), null))).toEqual([]);
  });

  it('TRANS-24: are told from their last day on, or from their first where something takes place within them', () => {
    fc.assert(
      fc.property(periodicite, periode, (rythme, convention) => {
        const lus = attendus(rythme, convention);
        expect(jours(lus.map(({ des }) => des))).toEqual(jours(lus.map(({ au }) => au)));
        const tot = attendus(rythme, convention, { desLeDebut: true });
        expect(jours(tot.map(({ des }) => des))).toEqual(jours(tot.map(({ du }) => du)));
      }),
    );
  });

  it('are due on a day of the next month, or so many days or months after they end (AMB-056, AMB-058)', () => {
    const trimestre = Periode.de(dateCivile('2026-10-01'), dateCivile('2026-12-31'));
    const echeance = (delai: keyof typeof DELAIS) =>
      attendus('TRIMESTRIELLE', trimestre, { delai }).map((lu) => lu.echeance.toString());
    expect(echeance('jour')).toEqual(['2027-01-10']);
    expect(echeance('jours')).toEqual(['2027-01-15']);
    expect(echeance('mois')).toEqual(['2027-01-31']);
  });

  it('are never due before they are over', () => {
    fc.assert(
      fc.property(
        periodicite,
        periode,
        fc.constantFrom(...(Object.keys(DELAIS) as (keyof typeof DELAIS)[])),
        (rythme, convention, delai) =>
          attendus(rythme, convention, { delai }).every(
            ({ au, echeance }) => Temporal.PlainDate.compare(au, echeance) <= 0,
          ),
      ),
    );
  });
});
