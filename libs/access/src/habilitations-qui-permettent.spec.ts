import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  contexte,
  DISPOSITIFS,
  dossier,
  habilitations,
  habiliter,
  STRUCTURES,
  TERRITOIRES,
} from '../test/arbitraires.js';
import { habilitationsQuiPermettent, peut } from './droits.js';

const [LENS] = TERRITOIRES as [string, string];
const [HORIZON] = STRUCTURES as [string, string];
const [COACH, LOGEMENT] = DISPOSITIFS as [string, string];
const SIGNEE = { territoireIds: [LENS], structureId: HORIZON, dispositif: COACH, etat: 'PROJET' };

describe('An act in a capacity needs an habilitation that carries the right by itself', () => {
  it('a right from one and a capacity from another do not add up', () => {
    const liste = [habiliter('ASSOCIATION', { structureId: HORIZON }), habiliter('ADMINISTRATEUR')];
    const quiSignent = habilitationsQuiPermettent(contexte(liste), 'signer', 'Convention', SIGNEE);
    expect(quiSignent.map((h) => h.role)).toEqual(['ASSOCIATION']);
  });

  it('an habilitation limited to another dispositif carries nothing here', () => {
    const liste = [habiliter('SIEGE', { dispositifs: [LOGEMENT] }), habiliter('SIEGE', { dispositifs: [COACH] })];
    const quiSignent = habilitationsQuiPermettent(contexte(liste), 'signer', 'Convention', SIGNEE);
    expect(quiSignent).toEqual([liste[1]]);
  });

  it('there is one exactly when the right is held, whatever the habilitations', () => {
    fc.assert(
      fc.property(habilitations, dossier, (liste, tire) => {
        const contexteDe = contexte(liste);
        for (const action of ['signer', 'conventionner'] as const) {
          const qui = habilitationsQuiPermettent(contexteDe, action, 'Convention', tire);
          expect(qui.length > 0).toBe(peut(contexteDe, action, 'Convention', tire));
        }
      }),
    );
  });
});
