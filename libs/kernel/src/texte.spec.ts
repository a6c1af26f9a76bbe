import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { elaguer } from './texte.js';

describe('elaguer', () => {
  it('takes the spaces off both ends, and leaves the rest as it is', () => {
    expect(elaguer(' \u00a0Compte clos.\n')).toBe('Compte clos.');
    expect(elaguer('a\u200bb')).toBe('a\u200bb');
    expect(elaguer('👩‍👧')).toBe('👩‍👧');
    expect(elaguer('.')).toBe('.');
  });

  it.each([
    ['nothing', ''],
    ['spaces of all sorts', ' \t\r\n\u00a0\u2003\u202f\u3000'],
    ['zero-width characters', '\u200b\u200c\u200d\u2060\ufeff'],
    ['marks of direction', '\u200e\u200f\u202a\u2066\u2069'],
    ['a soft hyphen', '\u00ad'],
    ['control characters', '\u0001\u001f\u0085'],
    ['fillers, which are letters', '\u3164\u115f\uffa0'],
    ['variation selectors and joiners, which are marks', '\ufe0f\u034f\u{e0100}'],
    ['an empty braille cell, which is a symbol', '\u2800'],
    ['private characters', '\ue000'],
  ])('finds nothing in %s', (_, texte) => {
    expect(elaguer(texte)).toBe('');
    expect(elaguer(`\u00a0${texte} \u200b`)).toBe('');
  });

  it('never changes what it has made', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (texte) => {
        const une = elaguer(texte);
        expect(elaguer(une)).toBe(une);
        expect(texte).toContain(une);
      }),
    );
  });
});
