import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { normaliserNom } from './nom-normalise.js';

describe('normaliserNom', () => {
  test.each([
    ['HENIN CARVIN', 'Hénin-Carvin'],
    ['HENIN_CARVIN', 'Hénin Carvin'],
    ["L'ÉCLUSE", 'l’Écluse'],
    ['Œuf-en-Ternois', 'OEUF EN TERNOIS'],
  ])('%s and %s are one name', (a, b) => {
    expect(normaliserNom(a)).toBe(normaliserNom(b));
  });

  test('does not confuse different names', () => {
    expect(normaliserNom('Montreuilsois')).not.toBe(normaliserNom('Montreuillois'));
  });

  test('is stable: normalising twice changes nothing', () => {
    fc.assert(fc.property(fc.string(), (s) => expect(normaliserNom(normaliserNom(s))).toBe(normaliserNom(s))));
  });
});
