import { describe, expect, it } from '@jest/globals';
import { Refus } from '@sillage/kernel';
import { formeDePage } from './page.js';
import { lirePage, PAGE_MAX, PAGE_PAR_DEFAUT } from './pagination.js';

const TAILLES = [undefined, null, -1, 0, 1, PAGE_MAX, PAGE_MAX + 1];
const CURSEURS = [undefined, null, '', 'abc'];

/** Every combination of the four arguments. */
const demandes = TAILLES.flatMap((first) =>
  TAILLES.flatMap((last) => CURSEURS.flatMap((after) => CURSEURS.map((before) => ({ first, last, after, before })))),
);

const codeDe = (faire: () => unknown): string | null => {
  try {
    faire();
    return null;
  } catch (erreur) {
    expect(erreur).toBeInstanceOf(Refus);
    return (erreur as Refus).erreurs[0]?.code ?? null;
  }
};

describe('A page', () => {
  it('is what its arguments say, or a refusal that says which is wrong', () => {
    for (const demande of demandes) {
      const { first, last, after, before } = demande;
      const taille = first ?? last ?? PAGE_PAR_DEFAUT;
      const deux = typeof first === 'number' && typeof last === 'number';
      const attendu = deux || taille < 1 ? 'VALEUR_INVALIDE' : taille > PAGE_MAX ? 'PAGE_TROP_GRANDE' : null;
      expect([demande, codeDe(() => lirePage(demande))]).toEqual([demande, attendu]);
      expect(codeDe(() => formeDePage(demande))).toBe(attendu);
      if (attendu !== null) continue;
      expect(lirePage(demande)).toEqual({
        taille,
        aRebours: typeof last === 'number',
        apres: after === undefined || after === null || after === '' ? null : after,
        avant: before === undefined || before === null || before === '' ? null : before,
      });
    }
  });

  it('names the argument that is wrong', () => {
    for (const [demande, champ] of [
      [{ first: 0 }, 'first'],
      [{ last: 101 }, 'last'],
      [{ first: 1, last: 1 }, 'first'],
    ] as const) {
      expect(() => lirePage(demande)).toThrow(
        expect.objectContaining({ erreurs: [expect.objectContaining({ path: [champ] })] }),
      );
    }
  });

  it('has one shape for all its cursors, and another for each size, direction and bound', () => {
    expect(formeDePage({ first: 5, after: 'a' })).toBe(formeDePage({ first: 5, after: 'b' }));
    const formes = [
      {},
      { first: 5 },
      { last: 5 },
      { first: 5, after: 'a' },
      { first: 5, before: 'a' },
      { first: 5, after: 'a', before: 'b' },
      { last: 5, before: 'b' },
      { first: 51 },
    ].map(formeDePage);
    expect(new Set(formes).size).toBe(formes.length);
  });
});
