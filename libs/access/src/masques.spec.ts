import { describe, expect, it } from '@jest/globals';
import { contexte, habiliter } from '../test/arbitraires.js';
import { peutVoirNominatif } from './masques.js';

const objet = { territoireIds: ['t'], structureId: 's', dispositif: 'd', etat: 'DEPOSEE' };

describe('les masques', () => {
  it('tombent pour qui a le droit de voir, et pour lui seul', () => {
    const voit = (role: 'SLAI' | 'SLISL' | 'ADMINISTRATEUR'): boolean =>
      peutVoirNominatif(contexte([habiliter(role, { territoireIds: ['t'] })]), 'Candidature', objet);
    expect(voit('SLAI')).toBe(true);
    expect(voit('SLISL')).toBe(false);
    expect(voit('ADMINISTRATEUR')).toBe(false);
  });
});
