import { describe, expect, it } from '@jest/globals';
import { memoriser } from './memoriser.js';

describe('memoriser', () => {
  it('computes once what it is asked again, and forgets rather than grow', () => {
    const calculs: string[] = [];
    const enMajuscules = memoriser(2, (texte) => {
      calculs.push(texte);
      return texte.toUpperCase();
    });
    expect(['a', 'a', 'b', 'a', 'c', 'a', 'c'].map(enMajuscules)).toEqual(['A', 'A', 'B', 'A', 'C', 'A', 'C']);
    expect(calculs).toEqual(['a', 'b', 'c', 'a']);
  });

  it('does not remember a failure', () => {
    let fois = 0;
    const capricieux = memoriser(2, () => {
      fois += 1;
      if (fois === 1) throw new Error('raté');
      return fois;
    });
    expect(() => capricieux('a')).toThrow('raté');
    expect(capricieux('a')).toBe(2);
  });
});
