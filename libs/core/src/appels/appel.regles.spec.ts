import { describe, expect, test } from '@jest/globals';
import { dateCivile, jourDe, Temporal } from '@sillage/kernel';
import fc from 'fast-check';
import { deciderFenetre, type Fenetre } from './appel.regles.js';

const APPEL: Fenetre = {
  libelle: 'Appel d’essai',
  ouverture: dateCivile('2026-01-12'),
  cloture: dateCivile('2026-02-15'),
  etat: 'PUBLIE',
};
const le = (texte: string) => deciderFenetre(APPEL, Temporal.Instant.from(texte), 'ASE-CAL-01');

describe('deciderFenetre', () => {
  // ASE-CAL-01, AMB-043: the 15th is a Sunday, and nothing is postponed.
  test.each([
    ['2026-01-11T23:59:59.999+01:00', 'APPEL_NON_OUVERT'],
    ['2026-01-12T00:00:00+01:00', undefined],
    ['2026-02-15T23:59:59+01:00', undefined],
    ['2026-02-15T23:59:59.999999999+01:00', undefined],
    ['2026-02-16T00:00:00+01:00', 'APPEL_CLOS'],
    ['2026-02-15T23:00:00Z', 'APPEL_CLOS'],
  ])('at %s', (instant, code) => {
    expect(le(instant).motifs[0]?.code).toBe(code);
  });

  test('says when, in French, and under which rule', () => {
    expect(le('2026-02-16T00:00:00+01:00')).toEqual({
      issue: 'NON',
      motifs: [
        {
          code: 'APPEL_CLOS',
          message:
            '« Appel d’essai » est clos : il recevait du 12 janvier 2026 au 15 février 2026 inclus, heure de Paris, sans report.',
          regle: 'ASE-CAL-01',
        },
      ],
    });
  });

  test('a draft receives nothing, and does not say that it exists', () => {
    const decision = deciderFenetre(
      { ...APPEL, etat: 'BROUILLON' },
      Temporal.Instant.from('2026-02-01T12:00:00Z'),
      'X-1',
    );
    expect(decision.motifs).toMatchObject([{ code: 'INTROUVABLE', regle: null }]);
  });

  test('receives exactly on the civil days of its window, in Paris, also across a change of hour', () => {
    const jours = fc.integer({ min: 0, max: 500 });
    const minutes = fc.integer({ min: 0, max: 500 * 24 * 60 });
    fc.assert(
      fc.property(jours, fc.integer({ min: 0, max: 40 }), minutes, (debut, duree, minute) => {
        const ouverture = dateCivile('2026-01-01').add({ days: debut });
        const cloture = ouverture.add({ days: duree });
        const instant = Temporal.Instant.from('2026-01-01T00:00:00+01:00').add({ minutes: minute });
        const jour = jourDe(instant);
        const dedans =
          Temporal.PlainDate.compare(ouverture, jour) <= 0 && Temporal.PlainDate.compare(jour, cloture) <= 0;
        expect(deciderFenetre({ ...APPEL, ouverture, cloture }, instant, 'X-1').issue).toBe(dedans ? 'OUI' : 'NON');
      }),
    );
  });
});
