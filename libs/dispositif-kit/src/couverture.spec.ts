import { describe, expect, it } from '@jest/globals';
import { type CouvertureDeclaree, defautsDeCouverture } from './couverture.js';

const CONNUES = new Set(['PRIMO-FIN-01', 'PRIMO-QUAL-03']);
const POURQUOI = 'C’est un but affiché, sans mesure.';

const defauts = (declaree: CouvertureDeclaree): string[] => defautsDeCouverture(declaree, ['PRIMO-FIN-01'], CONNUES);

describe('What a declaration says of its rules in the catalogue', () => {
  it('may be nothing, or all of it', () => {
    expect(defauts({})).toEqual([]);
    const nonCalculables = [{ regle: 'PRIMO-QUAL-03', pourquoi: POURQUOI }];
    expect(defauts({ prefixeRegles: 'PRIMO', familles: ['FIN', 'QUAL'], nonCalculables })).toEqual([]);
  });

  it.each<[string, CouvertureDeclaree, string]>([
    ['no prefix', { familles: ['FIN'] }, 'demandent prefixeRegles'],
    ['a prefix in lower case', { prefixeRegles: 'primo' }, 'en majuscules'],
    ['a family twice', { prefixeRegles: 'PRIMO', familles: ['FIN', 'FIN'] }, 'FIN est annoncée deux fois'],
    ['a family without a rule', { prefixeRegles: 'PRIMO', familles: ['WF'] }, 'WF n’a aucune règle PRIMO'],
    ['a rule of another', nonCalculable('ASE-QUAL-02'), 'ASE-QUAL-02 n’a pas le préfixe PRIMO'],
    ['an unknown rule', nonCalculable('PRIMO-QUAL-02'), 'PRIMO-QUAL-02 n’est pas dans le catalogue'],
    ['a rule implemented', nonCalculable('PRIMO-FIN-01'), 'dite non calculable, et mise en œuvre'],
    ['no reason', nonCalculable('PRIMO-QUAL-03', 'Non.'), 'dit pourquoi en une phrase'],
    ['a reason that is no sentence', nonCalculable('PRIMO-QUAL-03', 'but affiché, sans mesure'), 'en une phrase'],
  ])('is refused for %s', (_, declaree, attendu) => {
    expect(defauts(declaree).join('\n')).toContain(attendu);
  });
});

function nonCalculable(regle: string, pourquoi = POURQUOI): CouvertureDeclaree {
  return { prefixeRegles: 'PRIMO', nonCalculables: [{ regle, pourquoi }] };
}
