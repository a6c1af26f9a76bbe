import { describe, expect, it } from '@jest/globals';
import { type DateCivile, dateCivile, debutDuJour, FUSEAU, lireInstant, oui, type Temporal } from '@sillage/kernel';
import fc from 'fast-check';
import { type ActionCandidature, deciderAction } from './candidature.policy.js';

/** What deposit or validation gets at an instant, for an appel of that window. */
function geste(
  action: 'DEPOSER' | 'VALIDER',
  ouverture: DateCivile,
  cloture: DateCivile,
  le: Temporal.Instant,
): string {
  const etats = { DEPOSER: 'BROUILLON', VALIDER: 'DEPOSEE' } as const satisfies Partial<
    Record<ActionCandidature, string>
  >;
  const decision = deciderAction(action, {
    etat: etats[action],
    maintenant: le,
    appel: { libelle: 'Appel', etat: 'PUBLIE', ouverture, cloture },
    regleFenetre: 'TRANS-03',
    activation: { commencer: oui(), continuer: oui() },
    avisAttendus: [],
    complement: { attendu: null, pieces: [], demandeLe: null, apresCloture: false },
  });
  return decision.motifs[0]?.code ?? decision.issue;
}

const GESTES = ['DEPOSER', 'VALIDER'] as const;
const a = (ouverture: string, cloture: string, le: string) =>
  GESTES.map((g) => geste(g, dateCivile(ouverture), dateCivile(cloture), lireInstant(le)));
const RECEVABLE = ['OUI', 'OUI'];
const IRRECEVABLE = ['APPEL_CLOS', 'APPEL_CLOS'];

describe('Closing, to the second, in Paris: deposit and validation alike (AMB-044, AMB-043)', () => {
  it('14.3 #1: FAJCO-CAL-01, on 2026-09-15 at 23:59:59, then at 00:00:00', () => {
    expect(a('2026-01-12', '2026-09-15', '2026-09-15T23:59:59+02:00')).toEqual(RECEVABLE);
    expect(a('2026-01-12', '2026-09-15', '2026-09-15T23:59:59.999999999+02:00')).toEqual(RECEVABLE);
    expect(a('2026-01-12', '2026-09-15', '2026-09-16T00:00:00+02:00')).toEqual(IRRECEVABLE);
  });

  it('14.3 #2: ASE-CAL-01, on Sunday 2026-02-15, then on the 16th: nothing is postponed', () => {
    expect(dateCivile('2026-02-15').dayOfWeek).toBe(7);
    expect(a('2026-01-12', '2026-02-15', '2026-02-15T12:00:00+01:00')).toEqual(RECEVABLE);
    expect(a('2026-01-12', '2026-02-15', '2026-02-15T23:59:59+01:00')).toEqual(RECEVABLE);
    expect(a('2026-01-12', '2026-02-15', '2026-02-16T00:00:00+01:00')).toEqual(IRRECEVABLE);
  });

  it('14.3 #3: AMB-044, deposited on 2026-04-30 at 22:00, validated on 2026-05-01 at 08:00', () => {
    const [ouverture, cloture] = [dateCivile('2026-04-01'), dateCivile('2026-04-30')];
    expect(geste('DEPOSER', ouverture, cloture, lireInstant('2026-04-30T22:00:00+02:00'))).toBe('OUI');
    expect(geste('VALIDER', ouverture, cloture, lireInstant('2026-05-01T08:00:00+02:00'))).toBe('APPEL_CLOS');
  });

  it.each([
    // The day that loses an hour, and the one that gains one: midnight is Paris’s, whatever the offset.
    ['2026-03-29', '2026-03-29T23:59:59+02:00', '2026-03-30T00:00:00+02:00'],
    ['2026-03-28', '2026-03-28T23:59:59+01:00', '2026-03-29T00:00:00+01:00'],
    ['2026-10-25', '2026-10-25T23:59:59+01:00', '2026-10-26T00:00:00+01:00'],
    ['2026-10-24', '2026-10-24T23:59:59+02:00', '2026-10-25T00:00:00+02:00'],
  ])('across a change of hour, on %s', (cloture, dernier, premier) => {
    expect(a('2026-01-12', cloture, dernier)).toEqual(RECEVABLE);
    expect(a('2026-01-12', cloture, premier)).toEqual(IRRECEVABLE);
  });

  it('on any day: the last second is in, the next one is not, and so for the first', () => {
    const jour = fc.integer({ min: 0, max: 20_000 }).map((jours) => dateCivile('2000-01-01').add({ days: jours }));
    fc.assert(
      fc.property(jour, fc.integer({ min: 0, max: 400 }), fc.constantFrom(...GESTES), (ouverture, duree, g) => {
        const cloture = ouverture.add({ days: duree });
        const fin = cloture.toZonedDateTime({ timeZone: FUSEAU, plainTime: '23:59:59' }).toInstant();
        expect(geste(g, ouverture, cloture, fin)).toBe('OUI');
        expect(geste(g, ouverture, cloture, fin.add({ seconds: 1 }))).toBe('APPEL_CLOS');
        expect(geste(g, ouverture, cloture, debutDuJour(ouverture))).toBe('OUI');
        expect(geste(g, ouverture, cloture, debutDuJour(ouverture).subtract({ seconds: 1 }))).toBe('APPEL_NON_OUVERT');
      }),
    );
  });
});
