import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ecrireIdentifiant, lireUuid } from './identifiant.js';

const uuid = fc.uuid();
const type = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,30}$/);

describe('An opaque id', () => {
  it('gives its uuid back, for its own type alone', () => {
    fc.assert(
      fc.property(type, type, uuid, (t, autre, u) => {
        expect(lireUuid(t, ecrireIdentifiant(t, u))).toBe(u);
        if (t !== autre) expect(lireUuid(autre, ecrireIdentifiant(t, u))).toBeNull();
      }),
    );
  });

  it.each(['', '-', 'Acte', 'Acte-', 'Acte-1', 'Acte-01980000000070008000000000000001'])('is no « %s »', (texte) => {
    expect(lireUuid('Acte', texte)).toBeNull();
  });

  it('holds nothing around its uuid, which is in small letters', () => {
    const id = ecrireIdentifiant('Acte', '01980000-0000-7000-8000-00000000000a');
    for (const autre of [` ${id}`, `${id} `, `${id}\n`, `${id}\0`, id.toUpperCase(), id.replace('a', 'A')]) {
      expect(lireUuid('Acte', autre)).toBeNull();
    }
  });

  it('is read or not, never an exception', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (texte) => void lireUuid('Acte', texte)));
  });
});
