import { describe, expect, it } from '@jest/globals';
import { NATURES_STRUCTURE, type NatureStructure } from '@sillage/kernel';
import { deciderPorteur } from './porteurs.js';

const PORTEURS = { natures: ['BAILLEUR', 'AUTRE'], regle: 'PRIMO-PORT-01' } as const;

describe('Who may carry a project (TRANS-06)', () => {
  it.each(Object.keys(NATURES_STRUCTURE) as NatureStructure[])(
    '%s: as the text says, anybody where it names nobody',
    (nature) => {
      expect(deciderPorteur(undefined, nature, ['ici']).issue).toBe('OUI');
      const decision = deciderPorteur(PORTEURS, nature, ['ici']);
      if (nature === 'BAILLEUR' || nature === 'AUTRE') return expect(decision.issue).toBe('OUI');
      expect(decision.motifs).toMatchObject([{ code: 'REGLE_NON_RESPECTEE', regle: 'PRIMO-PORT-01', chemin: ['ici'] }]);
      expect(decision.motifs[0]?.message).toContain(NATURES_STRUCTURE[nature]);
    },
  );
});
