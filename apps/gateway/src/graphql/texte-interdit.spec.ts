import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'graphql';
import { texteInterdit } from './texte-interdit.js';

const VIDE = parse('{ a }');

describe('texteInterdit', () => {
  it.each([
    ['{ a(b: "\\u0000") }', ['a', 'b']],
    ['{ x: a { y: c(b: { d: ["bon", "\\u0000"] }) } }', ['x', 'y', 'b', 'd', '1']],
    ['{ a(b: [{ c: "bon" }, { d: "\\u0000" }]) }', ['a', 'b', '1', 'd']],
    ['{ a ...f } fragment f on Query { e(g: "\\u0000") }', ['e', 'g']],
    ['query ($v: E = { d: "\\u0000" }) { a(b: $v) }', ['$v', 'd']],
    ['{ a(b: "bon", c: ["🌊"]) }', undefined],
  ])('lit les textes du document : %s', (document, attendu) => {
    expect(texteInterdit(parse(document), {})).toEqual(attendu);
  });

  it('trouve un caractère interdit à toute profondeur, et rien dans ce qui est bien formé', () => {
    const bonnes = fc.dictionary(fc.stringMatching(/^\w{1,8}$/), fc.jsonValue());
    const mauvais = fc.constantFrom('\0', 'a\ud800b', '\udc00');
    fc.assert(
      fc.property(bonnes, mauvais, fc.array(fc.stringMatching(/^\w{1,4}$/)), (variables, texte, chemin) => {
        fc.pre(!JSON.stringify(variables).includes('\\u'));
        expect(texteInterdit(VIDE, variables)).toBeUndefined();
        const valeur = chemin.reduceRight<unknown>((dedans, cle) => ({ [cle]: dedans }), texte);
        expect(texteInterdit(VIDE, { fautive: valeur })).toEqual(['$fautive', ...chemin]);
      }),
    );
  });

  it('descend aussi loin que l’appelant le veut', () => {
    const niveaux = 100_000;
    const profond = JSON.parse(`${'['.repeat(niveaux)}"\\u0000"${']'.repeat(niveaux)}`) as unknown;
    expect(texteInterdit(VIDE, { profond })).toHaveLength(niveaux + 1);
  });
});
