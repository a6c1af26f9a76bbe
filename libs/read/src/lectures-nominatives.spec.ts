import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MARQUE_PERSONNE, releverPersonnes } from './lectures-nominatives.js';

const uuid = fc.uuid();
const GROUPES = [['Jeune.nom'], ['Acte.lieu', 'Acte.commentaire']];

/** Any JSON value, with what looks like a mark in its texts. */
const valeur = fc.oneof(
  fc.string(),
  fc.constant(`,"${MARQUE_PERSONNE}":null`),
  uuid.map((u) => `x","${MARQUE_PERSONNE}":"0 ${u}"`),
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
            const valeurDeMarque = marque === null ? 'null' : `"${marque[0]} ${marque[1]}"`;
            return `${JSON.stringify(champs).slice(0, -1)},"${MARQUE_PERSONNE}":${valeurDeMarque}}`;
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
