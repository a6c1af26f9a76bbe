import { describe, expect, test } from '@jest/globals';
import { dateCivile, Refus, Temporal } from '@sillage/kernel';
import fc from 'fast-check';
import { erreurDeRecouvrement, lirePeriode, planifierDesactivation } from './activation.plan.js';
import {
  avant,
  derniereTerminee,
  type EnCours,
  enVigueur,
  etatLe,
  type PeriodeActivation,
} from './activation.regles.js';

const MAINTENANT = Temporal.Instant.from('2026-02-02T08:30:00Z');
const CHEMINS = { du: ['input', 'du'], au: ['input', 'au'] };
const jour = (texte: string | null) => (texte === null ? null : dateCivile(texte));
const lire = (du: string | null, au: string | null) => lirePeriode({ du: jour(du), au: jour(au) }, MAINTENANT, CHEMINS);

describe('lirePeriode', () => {
  test.each([
    [null, null, '2026-02-02T08:30:00Z', null],
    ['2026-02-02', '2026-02-02', '2026-02-02T08:30:00Z', '2026-02-02T23:00:00Z'],
    ['2026-02-03', '2026-03-29', '2026-02-02T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['2026-07-01', null, '2026-06-30T22:00:00Z', null],
  ])('from %s to %s', (du, au, debut, fin) => {
    const periode = lire(du, au);
    expect([periode.du.toString(), periode.au?.toString() ?? null]).toEqual([debut, fin]);
  });

  test.each([
    ['2026-02-01', null, ['input', 'du']],
    [null, '2026-02-01', ['input', 'au']],
    ['2026-03-02', '2026-03-01', ['input', 'au']],
  ])('refuses from %s to %s', (du, au, path) => {
    expect(erreurs(() => lire(du, au))).toMatchObject([{ code: 'PERIODE_INVALIDE', path, regle: 'TRANS-01' }]);
  });
});

describe('planifierDesactivation', () => {
  const h = (heures: number): Temporal.Instant => MAINTENANT.add({ hours: heures });
  const periode = (du: number, au: number | null, enCours: EnCours = 'TERMINER'): PeriodeActivation => ({
    du: h(du),
    au: au === null ? null : h(au),
    enCours,
  });
  const planifier = (activations: PeriodeActivation[], fin: number, enCours: EnCours = 'TERMINER') =>
    planifierDesactivation(activations, { fin: h(fin), enCours, maintenant: MAINTENANT });

  test('ends the one in force, and calls off those to come', () => {
    const [passee, presente, future] = [periode(-9, -5), periode(-2, null), periode(8, null)];
    expect(planifier([passee, presente], 0)).toEqual({ fermer: presente, annuler: [], requalifier: null });
    expect(planifier([passee, presente], 5)).toEqual({ fermer: presente, annuler: [], requalifier: null });
    expect(planifier([passee, future], 0)).toEqual({ fermer: null, annuler: [future], requalifier: null });
    expect(planifier([passee, future], 8)).toEqual({ fermer: null, annuler: [future], requalifier: null });
  });

  test('what was decided holds also for the dossiers of the one that ended, or will have by then', () => {
    const [passee, presente, future] = [periode(-9, -5), periode(-2, 3), periode(8, null)];
    expect(planifier([passee, future], 0, 'SUSPENDRE')).toEqual({
      fermer: null,
      annuler: [future],
      requalifier: passee,
    });
    expect(planifier([presente, future], 5, 'SUSPENDRE')).toEqual({
      fermer: null,
      annuler: [future],
      requalifier: presente,
    });
    expect(planifier([passee, future], 5, 'SUSPENDRE')).toEqual({ fermer: null, annuler: [future], requalifier: null });
  });

  test('says again what becomes of what is in flight, once off', () => {
    const passee = periode(-9, -5);
    expect(planifier([passee], 0, 'SUSPENDRE')).toEqual({ fermer: null, annuler: [], requalifier: passee });
    expect(planifier([passee], 0, 'TERMINER')).toBeNull();
    expect(planifier([passee], 3, 'SUSPENDRE')).toBeNull();
    expect(planifier([], 0)).toBeNull();
    expect(planifier([periode(4, 4)], 0)).toBeNull();
  });

  test('whatever the history, nothing is on from that instant, nothing changes before it, and a second time does nothing', () => {
    const etape = fc.record({
      pause: fc.integer({ min: 0, max: 6 }),
      duree: fc.integer({ min: 0, max: 6 }),
      enCours: fc.constantFrom<EnCours>('TERMINER', 'SUSPENDRE'),
    });
    const cas = [fc.array(etape, { maxLength: 5 }), fc.boolean(), fc.integer({ min: 0, max: 12 })] as const;
    fc.assert(
      fc.property(...cas, fc.constantFrom<EnCours>('TERMINER', 'SUSPENDRE'), (etapes, ouverte, fin, enCours) => {
        let heure = -12;
        const activations = etapes.map(({ pause, duree, enCours: suite }, rang) => {
          const du = heure + pause;
          heure = du + duree;
          return periode(du, ouverte && rang === etapes.length - 1 ? null : heure, suite);
        });
        const plan = planifier(activations, fin, enCours);
        const apres = activations.map((activation) => {
          if (activation === plan?.fermer) return { ...activation, au: h(fin), enCours };
          if (plan?.annuler.includes(activation)) return { ...activation, au: activation.du };
          return activation === plan?.requalifier ? { ...activation, enCours } : activation;
        });
        for (let instant = -12; instant < 40; instant += 1) {
          const active = enVigueur(apres, h(instant)) !== undefined;
          const activeAvant = enVigueur(activations, h(instant)) !== undefined;
          expect(active).toBe(avant(h(instant), h(fin)) && activeAvant);
        }
        expect(planifier(apres, fin, enCours)).toBeNull();
        const derniere = derniereTerminee(apres, h(fin));
        const dejaFinie = derniere !== undefined && fin > 0 && etatLe(derniere, MAINTENANT) === 'TERMINEE';
        if (plan !== null && derniere !== undefined && !dejaFinie) expect(derniere.enCours).toBe(enCours);
        expect(apres.filter((a) => etatLe(a, MAINTENANT) === 'EN_VIGUEUR').length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('erreurDeRecouvrement', () => {
  test('names each territory with its period, the last day included', () => {
    const periodes = [lire('2026-02-03', '2026-03-01'), lire('2026-05-01', null)];
    const erreur = erreurDeRecouvrement('Mesure d’essai', [{ libelle: 'Artois', periodes }], ['input']);
    expect(erreur.message).toBe(
      '« Mesure d’essai » est déjà activé sur : Artois (du 3 février 2026 au 1er mars 2026, à partir du 1er mai 2026, sans fin prévue). ' +
        'Choisissez une autre période, ou désactivez-le d’abord.',
    );
  });
});

function erreurs(essai: () => unknown) {
  try {
    essai();
    return [];
  } catch (erreur) {
    if (erreur instanceof Refus) return erreur.erreurs;
    throw erreur;
  }
}
