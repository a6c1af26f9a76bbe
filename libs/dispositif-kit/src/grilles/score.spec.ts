import { describe, expect, it } from '@jest/globals';
import { dateCivile, texteExplication } from '@sillage/kernel';
import fc from 'fast-check';
import { resoudreTous } from '../parametre.js';
import { parametre } from '../parametre.js';
import { type DeclarationGrille, defautsDeGrille, grilleAu, itemsDeGrille, type VersionDeGrille } from './grille.js';
import { parametreDelaiObservations, parametrePenaliteMalus } from './parametres.js';
import { deciderNotes, itemsSansNote, type Notes, scoreDeGrille } from './score.js';

const ligne = (code: string, max: number, autres: object = {}) => ({
  code,
  libelle: code,
  attendu: 'Attendu.',
  max,
  preuve: 'Preuve',
  notateurs: ['SIEGE' as const],
  regle: 'TRANS-14',
  ...autres,
});
const A1 = ligne('A1', 6, {
  sousPoints: [
    { code: 'X', libelle: 'X', max: 4 },
    { code: 'Y', libelle: 'Y', max: 2 },
  ],
});
const version: VersionDeGrille = {
  code: '2026',
  du: '2026-01-12',
  total: 20,
  rubriques: [
    {
      code: 'A',
      libelle: 'Moyens',
      max: 12,
      regle: 'TRANS-14',
      items: [A1, ligne('A2', 4), ligne('A3', 2, { drapeau: 'MALUS' }), ligne('A4', 3, { drapeau: 'BONUS' })],
    },
    { code: 'B', libelle: 'Travail', max: 8, regle: 'TRANS-14', items: [ligne('B1', 8)] },
  ],
};
const grille: DeclarationGrille = {
  libelle: 'Grille d’essai',
  regle: 'TRANS-14',
  versions: [version],
  penaliteMalus: 'penaliteMalus',
  plafond: 'plafond',
  delaiObservations: 'delai',
};

function reglages(penalite = 0, plafond = 20) {
  const jour = dateCivile('2026-06-01');
  const { penaliteMalus, plafond: borne } = resoudreTous(
    {
      penaliteMalus: parametrePenaliteMalus('2026-01-01', 'TRANS-14'),
      plafond: parametre.entier([{ du: '2026-01-01', valeur: plafond }], {
        libelle: 'Plafond',
        regle: 'TRANS-14',
        unite: 'points',
      }),
      delai: parametreDelaiObservations('2026-01-01', 'TRANS-14'),
    },
    jour,
    [{ cle: 'penaliteMalus', valeur: penalite, portee: 'ANNEXE', porteeId: 'x', du: jour, au: null }],
  );
  return { libelle: 'Score', regle: 'TRANS-14', penaliteMalus, plafond: borne };
}

const score = (notes: Notes, penalite?: number, plafond?: number): number =>
  Number(scoreDeGrille({ version, notes }, reglages(penalite, plafond)).valeur.enDecimal());
const noter = (points: Readonly<Record<string, number>>): Notes =>
  Object.fromEntries(Object.entries(points).map(([code, n]) => [code, { points: n }]));
const PLEINE = { ...noter({ A2: 4, A3: 2, A4: 3, B1: 8 }), A1: { points: 6, sousPoints: { X: 4, Y: 2 } } };

describe('A grid adds up, version by version (TRANS-14)', () => {
  it('or says where it does not', () => {
    expect(defautsDeGrille(grille)).toEqual([]);
    const [a, b] = version.rubriques;
    const avec = (changements: Partial<VersionDeGrille>) =>
      defautsDeGrille({ ...grille, versions: [{ ...version, ...changements }] }).join('\n');
    expect(avec({ total: 21 })).toContain('les rubriques font 20 points au lieu de 21');
    expect(avec({ rubriques: [{ ...a!, max: 15 }, b!] })).toContain('la rubrique A affiche 15 points');
    expect(avec({ rubriques: [a!, { ...b!, items: [ligne('B1', 8, { notateurs: [] })] }] })).toContain(
      'personne ne note B1',
    );
    expect(avec({ rubriques: [a!, { ...b!, items: [ligne('A1', 8)] }] })).toContain('le même code');
    expect(avec({ rubriques: [a!, { ...b!, items: [ligne('B1', 7.5), ligne('B2', 0.5)] }] })).toContain(
      'entier positif',
    );
    const parts = [{ code: 'X', libelle: 'X', max: 7 }];
    expect(avec({ rubriques: [a!, { ...b!, items: [ligne('B1', 8, { sousPoints: parts })] }] })).toContain(
      'les sous-points de B1 font 7 points au lieu de 8',
    );
    expect(defautsDeGrille({ ...grille, versions: [version, version] }).join()).toContain('deux versions');
  });

  it('is the version of its day', () => {
    const suivante = { ...version, code: '2027', du: '2027-01-01' };
    const versions = [suivante, version];
    expect(grilleAu({ ...grille, versions }, dateCivile('2026-12-31')).code).toBe('2026');
    expect(grilleAu({ ...grille, versions }, dateCivile('2027-01-01')).code).toBe('2027');
    expect(() => grilleAu(grille, dateCivile('2026-01-11'))).toThrow(/aucune version/);
  });
});

describe('Scores stay within their items', () => {
  it.each([
    ['an unknown item', noter({ Z9: 1 }), /n’est pas un item/],
    ['more than the maximum', noter({ A2: 5 }), /de 0 à 4/],
    ['less than nothing', noter({ A2: -1 }), /de 0 à 4/],
    ['half a point', noter({ A2: 1.5 }), /points entiers/],
    ['an item of shares without them', noter({ A1: 6 }), /part par part/],
    ['shares where there are none', { A2: { points: 1, sousPoints: { X: 1 } } }, /n’a pas de sous-points/],
    ['a share beyond its own', { A1: { points: 6, sousPoints: { X: 5, Y: 1 } } }, /la part X/],
    ['a share left out', { A1: { points: 4, sousPoints: { X: 4 } } }, /la part Y/],
    ['a share that does not exist', { A1: { points: 6, sousPoints: { X: 4, Y: 2, Z: 0 } } }, /pas de part Z/],
    ['shares that make another sum', { A1: { points: 6, sousPoints: { X: 3, Y: 2 } } }, /ses parts en font 5/],
  ])('and %s is refused', (_, notes: Notes, message) => {
    const { issue, motifs } = deciderNotes(version, notes, ['input', 'notes']);
    expect(issue).toBe('NON');
    expect(motifs[0]?.message).toMatch(message);
    expect(motifs[0]?.chemin).toEqual(['input', 'notes', Object.keys(notes)[0]]);
  });

  it('tells what is left to score', () => {
    expect(deciderNotes(version, PLEINE, []).issue).toBe('OUI');
    expect(itemsSansNote(version, PLEINE)).toEqual([]);
    expect(itemsSansNote(version, noter({ A2: 0 }))).toEqual(['A1', 'A3', 'A4', 'B1']);
  });
});

describe('The score', () => {
  it('counts bonuses up to the cap (AMB-076), and a malus as points lost, or more by parameter (AMB-075)', () => {
    expect(score(PLEINE)).toBe(20);
    expect(score({ ...PLEINE, ...noter({ B1: 6 }) })).toBe(20);
    expect(score({ ...PLEINE, ...noter({ B1: 6 }) }, 0, 100)).toBe(21);
    const sansA3 = { ...PLEINE, ...noter({ A3: 0, A4: 0 }) };
    expect([score(sansA3), score(sansA3, 2)]).toEqual([18, 16]);
    expect(score({}, 2)).toBe(0);
  });

  it('reads as who is scored needs it', () => {
    const { explication } = scoreDeGrille({ version, notes: noter({ A2: 3 }) }, reglages(2));
    const texte = texteExplication(explication).replaceAll(/[\u00A0\u202F]/g, ' ');
    for (const attendu of [
      'Score : 1 point',
      'A. Moyens : 1 point sur 12',
      'A2 A2 = 3 points sur 4',
      'Malus = −2 points',
    ])
      expect(texte).toContain(attendu);
  });

  const notesAuHasard = fc
    .record(Object.fromEntries(itemsDeGrille(version).map(({ code, max }) => [code, fc.integer({ min: 0, max })])))
    .map(noter);

  it('stays within zero and the cap, and never falls when a point is added', () => {
    const codes = itemsDeGrille(version).map(({ code, max }) => ({ code, max }));
    fc.assert(
      fc.property(notesAuHasard, fc.nat(3), fc.nat(30), fc.constantFrom(...codes), (notes, penalite, plafond, item) => {
        const avant = score(notes, penalite, plafond);
        expect(avant).toBeGreaterThanOrEqual(0);
        expect(avant).toBeLessThanOrEqual(plafond);
        const points = Math.min(item.max, (notes[item.code]?.points ?? 0) + 1);
        expect(score({ ...notes, [item.code]: { points } }, penalite, plafond)).toBeGreaterThanOrEqual(avant);
      }),
    );
  });
});
