import { describe, expect, it } from '@jest/globals';
import { CodeCommune } from './code-commune.js';
import { ErreurValeur } from './erreurs.js';

describe('CodeCommune', () => {
  it.each([
    ['62041', '62041', '62'],
    ['01001', '01001', '01'],
    ['2a004', '2A004', '2A'],
    [' 2B033 ', '2B033', '2B'],
    ['97411', '97411', '974'],
    ['98735', '98735', '987'],
    ['95680', '95680', '95'],
    ['59350', '59350', '59'],
  ])('reads %s: commune %s, département %s', (texte, valeur, departement) => {
    const code = CodeCommune.lire(texte);
    expect([code.valeur, code.departement, code.toString()]).toEqual([valeur, departement, valeur]);
    expect(JSON.stringify(code)).toBe(`"${valeur}"`);
  });

  it.each(['', '6204', '620411', '00001', '2C001', '20004', '96001', '97911', '98111', '99100', '62O41', 'ABCDE'])(
    'refuses %j, with a way out',
    (texte) => {
      expect(() => CodeCommune.lire(texte)).toThrow(ErreurValeur);
      expect(() => CodeCommune.lire(texte)).toThrow(/code postal/);
    },
  );
});
