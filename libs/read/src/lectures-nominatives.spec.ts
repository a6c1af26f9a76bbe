import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { releverPersonnes } from './lectures-nominatives.js';

const uuid = fc.uuid();
const GROUPES = [['Jeune.nom'], ['Acte.lieu', 'Acte.commentaire']];

/** Any JSON value, with what looks like a mark in its texts. */
const valeur = fc.oneof(
  fc.string(),
  uuid.map((u) => `\u00010000${u}`),
  fc.integer(),
  fc.constant(null),
);
const ligne = fc.record({
  champs: fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), valeur, { minKeys: 1, maxKeys: 4 }),
  marque: fc.option(fc.tuple(fc.nat(1), uuid)),
});

describe('releverPersonnes', () => {
  it('gives the JSON back as it was before the marks, and everybody that they name, once', () => {
    fc.assert(
      fc.property(fc.array(ligne), (lignes) => {
        const propre = JSON.stringify(lignes.map(({ champs }) => champs));
        const marque = `[${lignes
          .map(({ champs, marque }) => {
            const ecrite = marque === null ? '' : `\u0001000${marque[0]}${marque[1]}`;
            return `${ecrite}${JSON.stringify(champs)}`;
          })
          .join(',')}]`;
        const { json, lues } = releverPersonnes(marque, GROUPES);
        expect(json).toBe(propre);
        for (const [rang, champs] of GROUPES.entries()) {
          const attendues = new Set(lignes.flatMap(({ marque }) => (marque?.[0] === rang ? [marque[1]] : [])));
          expect(lues.find((lue) => lue.champs === champs)?.personnes ?? []).toEqual([...attendues]);
        }
      }),
    );
  });
});
