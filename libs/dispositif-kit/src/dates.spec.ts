import { describe, expect, it } from '@jest/globals';
import { dateCivile, type DateCivile, Temporal } from '@sillage/kernel';
import fc from 'fast-check';
import { champ } from './champ.js';
import { deciderDates, PARAMETRES_DES_DATES, type QuandDate } from './dates.js';
import { resoudreTous } from './parametre.js';

const LE = dateCivile('2026-06-10');
const DEPOT = dateCivile('2026-06-01');
const { horizonDesDates } = resoudreTous(PARAMETRES_DES_DATES, LE, []);
const champs = {
  fait: champ.date({ libelle: 'Fait le', regle: 'ASGL-PORT-01', quand: 'PASSE' }),
  prevu: champ.date({ libelle: 'Prévu le', regle: 'AMB-046', quand: 'A_VENIR' }),
  libre: champ.date({ libelle: 'Un jour', facultatif: true }),
  contacts: champ.lignes(
    { le: champ.date({ libelle: 'Contact le', quand: 'PASSE_RECENT' }) },
    { libelle: 'Contacts', regle: 'FAJCO-WF-02' },
  ),
};
const ADMIS = { fait: dateCivile('1985-02-01'), prevu: DEPOT, libre: null, contacts: [{ le: LE }] };

const juger = (changements: object) =>
  deciderDates(
    champs,
    { ...ADMIS, ...changements },
    { le: LE, remisLe: DEPOT, horizon: horizonDesDates, chemin: ['champs'] },
  ).motifs.map(({ code, regle, chemin }) => `${code} ${regle} ${chemin?.join('.')}`);

/** The first and the last day that are admitted. */
const BORNES: Record<QuandDate, [du: string | null, au: string]> = {
  PASSE: [null, '2026-06-10'],
  PASSE_RECENT: ['2023-01-01', '2026-06-10'],
  A_VENIR: ['2026-06-01', '2029-12-31'],
};
const hors = (date: DateCivile, [du, au]: readonly [string | null, string]): boolean =>
  (du !== null && Temporal.PlainDate.compare(date, dateCivile(du)) < 0) ||
  Temporal.PlainDate.compare(date, dateCivile(au)) > 0;
const jour = fc.integer({ min: -40_000, max: 4000 }).map((days) => LE.add({ days }));

describe('The dates of a form', () => {
  it('are free where nothing is said of them, and judged by their own rule, or that of their table', () => {
    expect(juger({})).toEqual([]);
    expect(juger({ libre: dateCivile('1901-07-01') })).toEqual([]);
    expect(juger({ prevu: dateCivile('1950-01-01') })).toEqual(['VALEUR_INVALIDE AMB-046 champs.prevu']);
    expect(juger({ contacts: [{ le: LE }, { le: dateCivile('1950-01-01') }] })).toEqual([
      'VALEUR_INVALIDE FAJCO-WF-02 champs.contacts.1.le',
    ]);
  });

  it('a fact is not after today, what is planned not before the deposit, and neither is years away', () => {
    fc.assert(
      fc.property(jour, (date) => {
        expect(juger({ fait: date }).length > 0).toBe(hors(date, BORNES.PASSE));
        expect(juger({ prevu: date }).length > 0).toBe(hors(date, BORNES.A_VENIR));
        expect(juger({ contacts: [{ le: date }] }).length > 0).toBe(hors(date, BORNES.PASSE_RECENT));
      }),
    );
    for (const bornes of Object.values(BORNES))
      for (const borne of bornes) if (borne !== null) expect(hors(dateCivile(borne), bornes)).toBe(false);
  });
});
