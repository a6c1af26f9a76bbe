import { describe, expect, it } from '@jest/globals';
import { Montant } from '@sillage/kernel';
import fc from 'fast-check';
import { type Compte, COMPTES, type Ecrite, MOUVEMENTS, NATURES, soldesApres } from './compte.js';

const comptes = Object.keys(COMPTES) as Compte[];
const mouvement = fc
  .tuple(fc.constantFrom(...Object.values(MOUVEMENTS)), fc.bigInt({ min: 1n, max: 10n ** 15n }))
  .map(([{ de, vers }, centimes]): Ecrite => ({ de, vers, montant: Montant.centimes(centimes) }));

describe('TRANS-10: a double entry', () => {
  it('sums to zero over all accounts, whatever is written', () => {
    fc.assert(
      fc.property(fc.array(mouvement, { maxLength: 50 }), (ecritures) => {
        expect(Montant.somme(Object.values(soldesApres(ecritures))).centimes).toBe(0n);
      }),
    );
  });

  it('does not depend on the order in which it was written', () => {
    fc.assert(
      fc.property(fc.array(mouvement, { maxLength: 20 }), (ecritures) => {
        expect(soldesApres([...ecritures].reverse())).toEqual(soldesApres(ecritures));
      }),
    );
  });

  it('is undone by its opposite', () => {
    fc.assert(
      fc.property(fc.array(mouvement, { maxLength: 20 }), (ecritures) => {
        const contraires = ecritures.map(({ de, vers, montant }) => ({ de: vers, vers: de, montant }));
        for (const solde of Object.values(soldesApres([...ecritures, ...contraires]))) expect(solde.centimes).toBe(0n);
      }),
    );
  });

  it('every account but the first is both filled and emptied by some movement', () => {
    const touches = (sens: 'de' | 'vers') =>
      comptes.filter((c) => Object.values(MOUVEMENTS).some((m) => m[sens] === c));
    expect(comptes.filter((c) => !touches('de').includes(c))).toEqual([]);
    expect(comptes.filter((c) => !touches('vers').includes(c))).toEqual(['CREDITS']);
    expect(Object.keys(NATURES)).toEqual([...Object.keys(MOUVEMENTS), 'CORRECTION']);
  });
});
