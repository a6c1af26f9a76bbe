import { describe, expect, test } from '@jest/globals';
import { Temporal } from '@sillage/kernel';
import fc from 'fast-check';
import {
  deciderActivation,
  type EnCours,
  enVigueur,
  estPossible,
  etatLe,
  type PeriodeActivation,
  seRecouvrent,
} from './activation.regles.js';

const ORIGINE = Temporal.Instant.from('2026-01-01T00:00:00Z');
const h = (heures: number): Temporal.Instant => ORIGINE.add({ hours: heures });
const periode = (du: number, au: number | null, enCours: EnCours = 'TERMINER'): PeriodeActivation => ({
  du: h(du),
  au: au === null ? null : h(au),
  enCours,
});

const enCours = fc.constantFrom<EnCours>('TERMINER', 'SUSPENDRE');
/** Activations of one territory as the database allows them: they never overlap; some are called off. */
const histoire = fc
  .array(fc.record({ pause: fc.integer({ min: 0, max: 5 }), duree: fc.integer({ min: 0, max: 5 }), enCours }), {
    maxLength: 5,
  })
  .chain((etapes) => fc.boolean().map((ouverte) => enPeriodes(etapes, ouverte)));
const instant = fc.integer({ min: -2, max: 60 }).map(h);

describe('estPossible', () => {
  test.each([
    ['never activated', [], 'refuse', 'refuse'],
    ['in force', [periode(0, null)], 'possible', 'possible'],
    ['ended, what is in flight may be finished', [periode(0, 5)], 'refuse', 'possible'],
    ['ended, what is in flight is suspended', [periode(0, 5, 'SUSPENDRE')], 'refuse', 'refuse'],
    ['ended twice: the last one decides', [periode(0, 5, 'SUSPENDRE'), periode(6, 8)], 'refuse', 'possible'],
    ['ended twice, the other way', [periode(6, 8, 'SUSPENDRE'), periode(0, 5)], 'refuse', 'refuse'],
    ['to come', [periode(20, null)], 'refuse', 'refuse'],
    ['ended, and another to come', [periode(0, 5), periode(20, null)], 'refuse', 'possible'],
    ['the one called off never counted', [periode(0, 5), periode(7, 7, 'SUSPENDRE')], 'refuse', 'possible'],
  ])('%s', (_, activations, commencer, continuer) => {
    const maintenant = h(10);
    const lire = (possible: boolean): string => (possible ? 'possible' : 'refuse');
    expect(lire(estPossible(activations, { pour: 'COMMENCER' }, maintenant))).toBe(commencer);
    expect(lire(estPossible(activations, { pour: 'CONTINUER', commenceLe: h(1) }, maintenant))).toBe(continuer);
  });

  test('a dossier that began while it was off is not finished once it is off again', () => {
    expect(estPossible([periode(4, 6)], { pour: 'CONTINUER', commenceLe: h(2) }, h(10))).toBe(false);
  });

  test('the end is excluded, the beginning included', () => {
    const une = [periode(2, 6)];
    expect(estPossible(une, { pour: 'COMMENCER' }, h(2))).toBe(true);
    expect(estPossible(une, { pour: 'COMMENCER' }, h(6).subtract({ milliseconds: 1 }))).toBe(true);
    expect(estPossible(une, { pour: 'COMMENCER' }, h(6))).toBe(false);
  });

  test('what may begin may go on, whenever it began', () => {
    fc.assert(
      fc.property(histoire, instant, instant, (activations, commenceLe, maintenant) => {
        fc.pre(estPossible(activations, { pour: 'COMMENCER' }, maintenant));
        expect(estPossible(activations, { pour: 'CONTINUER', commenceLe }, maintenant)).toBe(true);
      }),
    );
  });

  test('nothing that began while it was off goes on while it is off', () => {
    fc.assert(
      fc.property(histoire, instant, instant, (activations, commenceLe, maintenant) => {
        fc.pre(!enVigueur(activations, commenceLe) && !enVigueur(activations, maintenant));
        expect(estPossible(activations, { pour: 'CONTINUER', commenceLe }, maintenant)).toBe(false);
      }),
    );
  });

  test('what is called off, or to come, changes nothing to what goes on now', () => {
    fc.assert(
      fc.property(histoire, instant, instant, (activations, commenceLe, maintenant) => {
        const vecues = activations.filter((a) => ['EN_VIGUEUR', 'TERMINEE'].includes(etatLe(a, maintenant)));
        fc.pre(Temporal.Instant.compare(commenceLe, maintenant) <= 0);
        const geste = { pour: 'CONTINUER', commenceLe } as const;
        expect(estPossible(activations, geste, maintenant)).toBe(estPossible(vecues, geste, maintenant));
      }),
    );
  });

  test('a window may be announced when one of its instants may begin', () => {
    fc.assert(
      fc.property(histoire, fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 8 }), (activations, du, n) => {
        const heures = Array.from({ length: n }, (_, i) => h(du + i));
        const attendu = heures.some((heure) => estPossible(activations, { pour: 'COMMENCER' }, heure));
        const fenetre = { pour: 'ANNONCER', du: h(du), au: h(du + n) } as const;
        expect(estPossible(activations, fenetre, h(0))).toBe(attendu);
      }),
    );
  });
});

describe('seRecouvrent', () => {
  test('says whether some instant belongs to both', () => {
    const une = fc
      .tuple(fc.integer({ min: 0, max: 8 }), fc.option(fc.integer({ min: 0, max: 8 })))
      .map(([du, duree]) => periode(du, duree === null ? null : du + duree));
    fc.assert(
      fc.property(une, une, (a, b) => {
        const commun = Array.from({ length: 20 }, (_, i) => h(i)).some((i) => enVigueur([a], i) && enVigueur([b], i));
        expect(seRecouvrent(a, b)).toBe(commun);
        expect(seRecouvrent(b, a)).toBe(commun);
      }),
    );
  });
});

describe('deciderActivation', () => {
  const commencer = { pour: 'COMMENCER' } as const;

  test('asks every territory, and names those where it is off', () => {
    const decision = deciderActivation(
      'Mesure d’essai',
      [
        { libelle: 'Artois', activations: [periode(0, null)] },
        { libelle: 'Ternois', activations: [] },
        { libelle: 'Calaisis', activations: [periode(0, 5)] },
      ],
      commencer,
      h(10),
      ['input', 'territoires'],
    );
    expect(decision).toEqual({
      issue: 'NON',
      motifs: [
        {
          code: 'DISPOSITIF_INACTIF',
          message: '« Mesure d’essai » n’est pas activé sur : Ternois, Calaisis. Rien de nouveau ne peut y commencer.',
          regle: 'TRANS-01',
          chemin: ['input', 'territoires'],
        },
      ],
    });
  });

  test('nowhere is not everywhere', () => {
    expect(deciderActivation('Mesure d’essai', [], commencer, h(10)).issue).toBe('NON');
  });
});

function enPeriodes(
  etapes: readonly { pause: number; duree: number; enCours: EnCours }[],
  ouverte: boolean,
): PeriodeActivation[] {
  let heure = 0;
  return etapes.map(({ pause, duree, enCours: suite }, rang) => {
    const du = heure + pause;
    heure = du + duree;
    return periode(du, ouverte && rang === etapes.length - 1 ? null : heure, suite);
  });
}
