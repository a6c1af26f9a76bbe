import { describe, expect, it } from '@jest/globals';
import { Memoire } from './memoire.js';

describe('Memoire', () => {
  it('oublie à l’échéance, exactement', () => {
    let present = 0;
    const memoire = new Memoire<string>(10, () => present);
    memoire.retenir('a', 'valeur', 30);
    present = 29;
    expect(memoire.lire('a')).toBe('valeur');
    present = 30;
    expect(memoire.lire('a')).toBeUndefined();
    expect(memoire.taille).toBe(0);
  });

  it('ne garde jamais plus que sa capacité : le plus ancien s’en va', () => {
    const memoire = new Memoire<number>(2, () => 0);
    for (const [rang, cle] of ['a', 'b', 'a', 'c'].entries()) memoire.retenir(cle, rang, 10);
    expect(memoire.taille).toBe(2);
    expect([memoire.lire('a'), memoire.lire('b'), memoire.lire('c')]).toEqual([2, undefined, 3]);
  });

  it('une horloge qui recule n’allonge pas la vie d’une entrée, une échéance passée ne s’écrit pas', () => {
    let present = 100;
    const memoire = new Memoire<string>(2, () => present);
    memoire.retenir('a', 'valeur', 130);
    present = 50;
    expect(memoire.lire('a')).toBeUndefined();
    memoire.retenir('b', 'valeur', 50);
    expect(memoire.taille).toBe(0);
  });
});
