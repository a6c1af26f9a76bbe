import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ecrireNotification,
  MODELES_DE_NOTIFICATION,
  variablesInconnues,
  VARIABLES_DE_NOTIFICATION,
} from './notification.js';

const noms = Object.keys(VARIABLES_DE_NOTIFICATION) as (keyof typeof VARIABLES_DE_NOTIFICATION)[];

describe('A notification', () => {
  it('says each value word for word, even one that looks like a variable', () => {
    const valeurs = fc.record(
      Object.fromEntries(noms.map((nom) => [nom, fc.string()])) as Record<(typeof noms)[number], fc.Arbitrary<string>>,
    );
    fc.assert(
      fc.property(valeurs, (v) => {
        for (const modele of Object.values(MODELES_DE_NOTIFICATION) as string[]) {
          const attendu = modele
            .split(/\{(\w+)\}/)
            .map((bout, rang) => (rang % 2 ? v[bout as (typeof noms)[number]] : bout));
          expect(ecrireNotification(modele, v)).toBe(attendu.join(''));
        }
      }),
    );
  });

  it('has no variable that means nothing', () => {
    expect(Object.values(MODELES_DE_NOTIFICATION).flatMap(variablesInconnues)).toEqual([]);
    expect(variablesInconnues('{motif} {montnat} {toString}')).toEqual(['montnat', 'toString']);
  });
});
