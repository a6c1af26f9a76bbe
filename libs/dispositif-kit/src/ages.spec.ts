import { expect, it } from '@jest/globals';
import { ageRevolu, dateCivile } from '@sillage/kernel';
import fc from 'fast-check';
import { type BorneHaute, type BornesAge, deciderAge, parametreBorneHaute } from './ages.js';
import { parametre, resoudre } from './parametre.js';

const DU = '2026-01-12';
const DATE = dateCivile('2026-06-01');

function bornes(min: number, max: number, borneHaute: BorneHaute = 'INCLUSIVE'): BornesAge {
  const ans = (valeur: number) =>
    resoudre(
      'age',
      parametre.entier([{ du: DU, valeur }], { libelle: 'Âge', regle: 'FAJCO-ELIG-01', unite: 'ans' }),
      DATE,
      [],
    );
  const haute = resoudre('borneHaute', parametreBorneHaute(DU, 'FAJCO-ELIG-01'), DATE, []);
  return { min: ans(min), max: ans(max), borneHaute: { ...haute, valeur: borneHaute } };
}

const CHEMIN = ['champs', 'age'];

it('AMB-001: the upper bound is reached, and its year is for a person to decide', () => {
  const issue = (age: number) => deciderAge(age, bornes(18, 25), { regle: 'FAJCO-ELIG-01', chemin: CHEMIN }).issue;
  expect([17, 18, 24, 25, 26].map(issue)).toEqual(['NON', 'OUI', 'OUI', 'A_CONFIRMER', 'NON']);
});

it('or stops at the birthday itself, by parameter', () => {
  const issue = (age: number) =>
    deciderAge(age, bornes(18, 25, 'ANNIVERSAIRE'), { regle: 'FAJCO-ELIG-01', chemin: CHEMIN }).issue;
  expect([17, 24, 25].map(issue)).toEqual(['NON', 'OUI', 'NON']);
});

it('AMB-002: where the text leaves no doubt, the year of the upper bound is admitted as any other', () => {
  const { min, max } = bornes(18, 24);
  const issue = (age: number) => deciderAge(age, { min, max }, { regle: 'SOLLOG-ELIG-01' }).issue;
  expect([17, 18, 24, 25].map(issue)).toEqual(['NON', 'OUI', 'OUI', 'NON']);
});

it('says why, with the rule and the path', () => {
  expect(deciderAge(26, bornes(18, 25), { regle: 'FAJCO-ELIG-01', chemin: CHEMIN }).motifs).toEqual([
    expect.objectContaining({ code: 'REGLE_NON_RESPECTEE', regle: 'FAJCO-ELIG-01', chemin: CHEMIN }),
  ]);
});

it('14.3 #4: 2000-05-01 is 25, borderline, on 2026-04-30, and 26 the day after', () => {
  const age = (jour: string) => ageRevolu(dateCivile('2000-05-01'), dateCivile(jour));
  const issue = (jour: string) =>
    deciderAge(age(jour), bornes(18, 25), { regle: 'FAJCO-ELIG-01', chemin: CHEMIN }).issue;
  expect(['2026-04-30', '2026-05-01'].map(issue)).toEqual(['A_CONFIRMER', 'NON']);
});

it('nobody younger or older than somebody refused on the same side is admitted', () => {
  const ages = fc.integer({ min: 0, max: 120 });
  fc.assert(
    fc.property(ages, ages, ages, (min, etendue, age) => {
      const admis = (a: number) =>
        deciderAge(a, bornes(min, min + etendue), { regle: 'FAJCO-ELIG-01', chemin: CHEMIN }).issue !== 'NON';
      expect(admis(age)).toBe(age >= min && age <= min + etendue);
    }),
  );
});
