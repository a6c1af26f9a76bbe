import { describe, expect, it, jest } from '@jest/globals';
import type { ContexteActeur } from '@sillage/access';
import type { EntityManager } from 'typeorm';
import type { CalculDeChamp } from './declaration.js';
import { completer, estVide, MARQUE, type Moyens, SANS_SUITE, type Suite, type Suites, UUID_LU } from './suite.js';

const em = {} as EntityManager;
const contexte = { departementId: '62' } as ContexteActeur;

class Calcul implements CalculDeChamp {
  readonly calculer = jest.fn<CalculDeChamp['calculer']>(async (_em, _contexte, uuids) =>
    uuids.map((uuid) => `calculé ${uuid}`),
  );
}

/** Opens what it is given by telling where it comes from. */
const coffre: Moyens['coffre'] = {
  dechiffrerTous: async (_em, departement, valeurs) =>
    valeurs.map(({ place, octets }) =>
      [departement, place.table, place.colonne, place.id, octets.toString()].join(' '),
    ),
};

const suite = (autres: Partial<Suite>): Suite => ({ ...SANS_SUITE, ...autres });
const suites = (parType: Record<string, Partial<Suite>>): Suites =>
  new Map(Object.entries(parType).map(([nom, autres]) => [nom, suite(autres)]));
const calcule = { cle: 'calcul', par: () => Calcul };

async function faire(lues: readonly unknown[], quoi: Suites): Promise<Calcul> {
  const calcul = new Calcul();
  await completer({ trouver: () => calcul, coffre }, em, contexte, lues, quoi);
  return calcul;
}

describe('Completing rows', () => {
  it('asks a provider once for all the rows of a place, in their order', async () => {
    const lues = ['c', 'a', 'b'].map((uuid) => ({ [MARQUE]: 'Acte', [UUID_LU]: uuid, calcul: null }));
    const { calculer } = await faire(lues, suites({ Acte: { calcules: [calcule] } }));
    expect(calculer.mock.calls).toEqual([[em, contexte, ['c', 'a', 'b']]]);
    expect(lues.map(({ calcul }) => calcul)).toEqual(['calculé c', 'calculé a', 'calculé b']);
  });

  it('asks once a place, for the rows of all its parents together', async () => {
    const acte = (uuid: string): object => ({ [MARQUE]: 'Acte', [UUID_LU]: uuid, calcul: null });
    const lues = [
      { [MARQUE]: 'Jeune', actes: [acte('a'), acte('b')], dernier: acte('b') },
      { [MARQUE]: 'Jeune', actes: [], dernier: null },
      { [MARQUE]: 'Jeune', actes: [acte('c')], dernier: acte('c') },
    ];
    const filles = suites({ Acte: { calcules: [calcule] } });
    const enfants = ['actes', 'dernier'].map((cle) => ({ cle, suites: filles }));
    const { calculer } = await faire(lues, suites({ Jeune: { enfants } }));
    expect(calculer.mock.calls.map(([, , uuids]) => uuids)).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c'],
    ]);
    expect(lues[2]).toMatchObject({ actes: [{ calcul: 'calculé c' }], dernier: { calcul: 'calculé c' } });
  });

  it('leaves alone the rows of another type, and what is no row', async () => {
    const autre = { [MARQUE]: 'Autre', [UUID_LU]: 'x', calcul: 'sien' };
    const lues = [autre, null, 'texte', 3, { calcul: 'sans marque' }];
    const avant = structuredClone(lues);
    const { calculer } = await faire(lues, suites({ Acte: { calcules: [calcule] } }));
    expect(calculer).not.toHaveBeenCalled();
    expect(lues).toEqual(avant);
  });

  it('presents what was read, null aside', async () => {
    const lues = [
      { [MARQUE]: 'Acte', v: 2 },
      { [MARQUE]: 'Acte', v: null },
    ];
    await faire(lues, suites({ Acte: { repris: [{ cle: 'v', apres: (lue: number) => lue * 10 }] } }));
    expect(lues.map(({ v }) => v)).toEqual([20, null]);
  });

  it('opens what is sealed, in its place, null aside', async () => {
    const octets = Buffer.from('scellé').toString('base64');
    const lues = [
      { [MARQUE]: 'Acte', [UUID_LU]: 'a', v: octets },
      { [MARQUE]: 'Acte', [UUID_LU]: 'b', v: null },
    ];
    await faire(lues, suites({ Acte: { chiffres: [{ cle: 'v', table: 'sillage.acte', colonne: 'lieu' }] } }));
    expect(lues.map(({ v }) => v)).toEqual(['62 sillage.acte lieu a scellé', null]);
  });

  it('lets a failure through', async () => {
    const lues = [{ [MARQUE]: 'Acte', [UUID_LU]: 'a' }];
    const calculer = async (): Promise<never> => Promise.reject(new Error('panne'));
    await expect(
      completer(
        { trouver: () => ({ calculer }), coffre },
        em,
        contexte,
        lues,
        suites({ Acte: { calcules: [calcule] } }),
      ),
    ).rejects.toThrow('panne');
  });
});

describe('Nothing is left to do', () => {
  it('exactly when no place, however deep, has something', () => {
    const profonde = (feuille: Partial<Suite>): Suites =>
      suites({
        A: {
          enfants: [{ cle: 'b', suites: suites({ B: { enfants: [{ cle: 'c', suites: suites({ C: feuille }) }] } }) }],
        },
      });
    expect(estVide(new Map())).toBe(true);
    expect(estVide(profonde({}))).toBe(true);
    expect(estVide(profonde({ calcules: [calcule] }))).toBe(false);
    expect(estVide(profonde({ repris: [{ cle: 'v', apres: () => 1 }] }))).toBe(false);
    expect(estVide(profonde({ chiffres: [{ cle: 'v', table: 't', colonne: 'c' }] }))).toBe(false);
  });
});
