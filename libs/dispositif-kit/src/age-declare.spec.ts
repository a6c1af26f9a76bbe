import { describe, expect, it } from '@jest/globals';
import { dateCivile } from '@sillage/kernel';
import fc from 'fast-check';
import { deciderAgeDeclare } from './age-declare.js';
import { parametreBorneHaute } from './ages.js';
import { parametre, type Surcharge } from './parametre.js';

const borne = (valeur: number) =>
  parametre.entier([{ du: '2000-01-01', valeur }], { libelle: 'Âge', regle: 'TRANS-17', unite: 'ans' });
const parametres = { min: borne(16), max: borne(25), haute: parametreBorneHaute('2000-01-01', 'TRANS-17') };
const declaration = { min: 'min', max: 'max', a: 'Entrée', regle: 'TRANS-17' };
const surcharger = (cle: string, valeur: unknown): Surcharge => ({
  cle,
  valeur,
  portee: 'APPEL',
  porteeId: 'x',
  du: dateCivile('2026-01-01'),
  au: null,
});
const NAISSANCE = dateCivile('2001-03-01');
const decider = (le: string) =>
  deciderAgeDeclare(declaration, parametres, { naissance: NAISSANCE, le: dateCivile(le) }, []);

describe('TRANS-17: completed years on a day, both bounds included', () => {
  it('from the birthday of the lower bound to the eve of the one after the upper bound', () => {
    expect(['2017-02-28', '2017-03-01', '2027-02-28', '2027-03-01'].map((le) => decider(le).issue)).toEqual([
      'NON',
      'OUI',
      'OUI',
      'NON',
    ]);
    expect(decider('2027-03-01').motifs[0]?.message).toContain('26 ans révolus le 1er mars 2027');
  });

  it('the year of a doubtful upper bound is for a person to decide, unless the parameter leaves it out (AMB-001)', () => {
    const jours = ['2026-02-28', '2026-03-01', '2027-02-28', '2027-03-01'];
    const issues = (surcharges: Surcharge[]) =>
      jours.map((le) => {
        const dates = { naissance: NAISSANCE, le: dateCivile(le) };
        return deciderAgeDeclare({ ...declaration, borneHaute: 'haute' }, parametres, dates, surcharges).issue;
      });
    expect(issues([])).toEqual(['OUI', 'A_CONFIRMER', 'A_CONFIRMER', 'NON']);
    expect(issues([surcharger('haute', 'ANNIVERSAIRE')])).toEqual(['OUI', 'NON', 'NON', 'NON']);
  });

  it('yes, from one birthday to the eve of another, and no on any other day', () => {
    const jours = fc.integer({ min: 0, max: 20_000 }).map((n) => NAISSANCE.add({ days: n }).toString());
    fc.assert(
      fc.property(jours, (le) => {
        expect(decider(le).issue === 'OUI').toBe(le >= '2017-03-01' && le < '2027-03-01');
      }),
    );
  });

  it('takes the bounds of the day, as an administrator decided them', () => {
    const dates = { naissance: NAISSANCE, le: dateCivile('2027-03-01') };
    expect(deciderAgeDeclare(declaration, parametres, dates, [surcharger('max', 30)]).issue).toBe('OUI');
  });
});
