import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ageRevolu,
  anniversaire,
  ajouterMois,
  dateCivile,
  dateEnFrancais,
  debutDuJour,
  finDuJour,
  jourDe,
  lireInstant,
  Temporal,
} from './dates.js';
import { ErreurValeur } from './erreurs.js';
import { uneDate } from '../test/arbitraires.js';

const avant = (a: Temporal.Instant, b: Temporal.Instant): boolean => Temporal.Instant.compare(a, b) < 0;

describe('dateCivile', () => {
  it('reads back every date that it writes', () => {
    fc.assert(fc.property(uneDate, (d) => expect(dateCivile(d.toString()).equals(d)).toBe(true)));
  });

  it.each([
    '',
    '2026-2-15',
    '15/02/2026',
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-02-15T10:00:00',
    '20260215',
    '2026-02-15[u-ca=hebrew]',
    '+002026-02-15',
    '0026-02-15',
    '1899-12-31',
    '9999-12-31',
    '2026-02-15\n',
  ])('refuses %j, saying what to write', (texte) => {
    expect(() => dateCivile(texte)).toThrow(ErreurValeur);
    expect(() => dateCivile(texte)).toThrow(/AAAA-MM-JJ/);
  });

  it('is written in French', () => {
    expect(dateEnFrancais(dateCivile('2026-02-15'))).toBe('15 février 2026');
    expect(dateEnFrancais(dateCivile('2026-03-01'))).toBe('1er mars 2026');
    expect(dateEnFrancais(dateCivile('2026-08-31'))).toBe('31 août 2026');
    expect(dateEnFrancais(dateCivile('2026-12-11'))).toBe('11 décembre 2026');
  });
});

describe('lireInstant', () => {
  it('keeps the instant, whatever the offset', () => {
    expect(lireInstant('2026-02-15T23:59:59+01:00').equals(lireInstant('2026-02-15T22:59:59Z'))).toBe(true);
  });

  it.each(['', '2026-02-15', '2026-02-15T23:59:59', 'hier', '2026-02-30T00:00:00Z'])(
    'refuses %j: no offset, no instant',
    (texte) => {
      expect(() => lireInstant(texte)).toThrow(ErreurValeur);
      expect(() => lireInstant(texte)).toThrow(/décalage/);
    },
  );
});

describe('ajouterMois (AMB-055)', () => {
  it.each([
    ['GRAINE-DEL-01 (case 9): two months after the summons', '2026-12-31', 2, '2027-02-28'],
    ['GRAINE-DEL-02 (case 10): the report three months after the end', '2027-06-30', 3, '2027-09-30'],
    ['FAJCO-DEL-01 (case 11): the report one month after the end', '2026-10-31', 1, '2026-11-30'],
    ['14.3 #20, CONV-DEL-01: notice two months before the year ends', '2026-12-31', -2, '2026-10-31'],
    ['14.3 #21, CONV-DEL-02: termination two months after the letter', '2027-01-15', 2, '2027-03-15'],
    ['PRIMO-DEL-01 (case 22): the visit within a month of the arrival', '2027-01-31', 1, '2027-02-28'],
    ['a leap year keeps its 29 February', '2028-01-31', 1, '2028-02-29'],
    ['29 February meets a common year', '2028-02-29', 12, '2029-02-28'],
    ['the end of the year is crossed', '2026-11-30', 3, '2027-02-28'],
    ['no month changes nothing', '2026-08-31', 0, '2026-08-31'],
  ])('%s: %s %+i -> %s', (_, date, mois, attendu) => {
    expect(ajouterMois(dateCivile(date), mois).toString()).toBe(attendu);
  });

  it.each([
    ['2026-11-01', '2026-12-01'],
    ['2026-11-30', '2026-12-01'],
    ['2026-12-15', '2027-01-01'],
  ])('14.3 #12, ASGL-CAL-03: decided on %s, the measure starts on %s', (validation, debut) => {
    expect(ajouterMois(dateCivile(validation).with({ day: 1 }), 1).toString()).toBe(debut);
  });

  it('ASE-DEL-02 (case 23): the table of December is due on the 10th of January, a Sunday, with no delay', () => {
    const du = ajouterMois(dateCivile('2026-12-10'), 1);
    expect(du.toString()).toBe('2027-01-10');
    expect(du.dayOfWeek).toBe(7);
  });

  it('lands in the right month, on the same day or on the last one', () => {
    fc.assert(
      fc.property(uneDate, fc.integer({ min: -240, max: 240 }), (d, n) => {
        const arrivee = ajouterMois(d, n);
        expect(arrivee.year * 12 + arrivee.month).toBe(d.year * 12 + d.month + n);
        expect(arrivee.day).toBe(Math.min(d.day, arrivee.daysInMonth));
      }),
    );
  });
});

describe('anniversaire', () => {
  it.each([
    ['the day itself', '2009-09-14', 17, '2026-09-14'],
    ['AMB-030: 29 February, 1 March in a common year', '2008-02-29', 17, '2025-03-01'],
    ['AMB-030: 29 February, a leap year', '2008-02-29', 20, '2028-02-29'],
  ])('%s', (_, naissance, ans, attendu) => {
    expect(anniversaire(dateCivile(naissance), ans).toString()).toBe(attendu);
  });

  it('is the first day of an age', () => {
    fc.assert(
      fc.property(uneDate, fc.integer({ min: 1, max: 30 }), (naissance, ans) => {
        const jour = anniversaire(naissance, ans);
        expect([jour.subtract({ days: 1 }), jour].map((a) => ageRevolu(naissance, a))).toEqual([ans - 1, ans]);
      }),
    );
  });
});

describe('ageRevolu', () => {
  it.each([
    ['FAJCO-ELIG-01 (case 4)', '2000-05-01', '2026-04-30', 25],
    ['FAJCO-ELIG-01 (case 4)', '2000-05-01', '2026-05-01', 26],
    ['SOLLOG-ELIG-01 (case 6)', '2001-11-10', '2026-11-09', 24],
    ['SOLLOG-ELIG-01 (case 6)', '2001-11-10', '2026-11-10', 25],
    ['14.3 #7, PRIMO-ELIG-01: the very day of the 30th birthday', '1996-07-14', '2026-07-14', 30],
    ['AMB-030: 29 February, common year, the day before', '2008-02-29', '2026-02-28', 17],
    ['AMB-030: 29 February, common year, 1 March', '2008-02-29', '2026-03-01', 18],
    ['AMB-030: 29 February, leap year, 28 February', '2008-02-29', '2028-02-28', 19],
    ['AMB-030: 29 February, leap year, the birthday', '2008-02-29', '2028-02-29', 20],
    ['the day of birth', '2026-02-15', '2026-02-15', 0],
  ])('%s: born %s, on %s -> %i', (_, naissance, a, age) => {
    expect(ageRevolu(dateCivile(naissance), dateCivile(a))).toBe(age);
  });

  it('never decreases with time, and gains one year a year', () => {
    fc.assert(
      fc.property(uneDate, fc.nat(40_000), (naissance, jours) => {
        const a = naissance.add({ days: jours });
        const age = ageRevolu(naissance, a);
        const lendemain = ageRevolu(naissance, a.add({ days: 1 }));
        expect([age, age + 1]).toContain(lendemain);
        expect(Math.abs(age - jours / 365.2425)).toBeLessThan(1.01);
      }),
    );
  });

  it('refuses a birth after the date', () => {
    expect(() => ageRevolu(dateCivile('2026-02-16'), dateCivile('2026-02-15'))).toThrow(ErreurValeur);
    expect(() => ageRevolu(dateCivile('2026-02-16'), dateCivile('2026-02-15'))).toThrow(
      /vérifiez la date de naissance/,
    );
  });
});

describe('days in Europe/Paris', () => {
  it('ASE-CAL-01, AMB-043 (case 2): 15 February 2026 at 23:59:59 is in time, a second later is not', () => {
    const cloture = finDuJour(dateCivile('2026-02-15'));
    expect(avant(lireInstant('2026-02-15T23:59:59+01:00'), cloture)).toBe(true);
    expect(avant(lireInstant('2026-02-15T23:59:59.999999999+01:00'), cloture)).toBe(true);
    expect(avant(lireInstant('2026-02-16T00:00:00+01:00'), cloture)).toBe(false);
    expect(avant(lireInstant('2026-02-15T23:30:00Z'), cloture)).toBe(false);
  });

  it('FAJCO-CAL-01 (case 1): 15 September 2026 at 23:59:59, summer time, is in time; midnight is not', () => {
    const cloture = finDuJour(dateCivile('2026-09-15'));
    expect(avant(lireInstant('2026-09-15T23:59:59+02:00'), cloture)).toBe(true);
    expect(avant(lireInstant('2026-09-16T00:00:00+02:00'), cloture)).toBe(false);
  });

  it('AMB-044 (case 3): a validation on 1 May at 8:00 comes after the closing of 30 April', () => {
    const cloture = finDuJour(dateCivile('2026-04-30'));
    expect(avant(lireInstant('2026-04-30T22:00:00+02:00'), cloture)).toBe(true);
    expect(avant(lireInstant('2026-05-01T08:00:00+02:00'), cloture)).toBe(false);
  });

  it.each([
    ['2026-03-29', 23],
    ['2026-10-25', 25],
    ['2026-02-15', 24],
  ])('%s lasts %i hours', (jour, heures) => {
    const d = dateCivile(jour);
    expect(debutDuJour(d).until(finDuJour(d)).total('hours')).toBe(heures);
  });

  it('the end of a day is the start of the next one, and belongs to it', () => {
    fc.assert(
      fc.property(uneDate, (d) => {
        const fin = finDuJour(d);
        expect(fin.equals(debutDuJour(d.add({ days: 1 })))).toBe(true);
        expect(jourDe(fin).equals(d.add({ days: 1 }))).toBe(true);
        expect(jourDe(fin.subtract({ nanoseconds: 1 })).equals(d)).toBe(true);
        expect(jourDe(debutDuJour(d)).equals(d)).toBe(true);
      }),
    );
  });
});
