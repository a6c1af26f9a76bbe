import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ErreurValeur } from './erreurs.js';
import { Siret } from './siret.js';

const accepte = (texte: string): boolean => {
  try {
    Siret.lire(texte);
    return true;
  } catch (erreur) {
    if (erreur instanceof ErreurValeur) return false;
    throw erreur;
  }
};

const chiffres = (longueur: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: longueur, maxLength: longueur }).map((c) => c.join(''));

/** Thirteen digits that are not La Poste's; exactly one fourteenth makes a valid number. */
const treizeChiffres = chiffres(13).filter((c) => !c.startsWith('356000000') && !c.startsWith('000000000'));
const dernier = (debut: string): string | undefined => [...'0123456789'].find((c) => accepte(debut + c));

describe('Siret', () => {
  it('reads a real one, spaces or not', () => {
    expect(Siret.lire('226 200 012 00012').valeur).toBe('22620001200012');
    expect(Siret.lire(' 226\u00A0200\u202F01200012 ').toString()).toBe('22620001200012');
    expect(Siret.lire('22620001200012').siren).toBe('226200012');
    expect(JSON.stringify(Siret.lire('22620001200012'))).toBe('"22620001200012"');
  });

  it.each([
    '',
    '226200012',
    '2262000120001',
    '226200012000121',
    '22620001200O12',
    '00000000000000',
    '226.200.012.00012',
    '٢٢٦٢٠٠٠١٢٠٠٠١٢',
  ])('refuses %j: not 14 digits', (texte) => {
    expect(() => Siret.lire(texte)).toThrow(/saisissez les 14 chiffres/);
  });

  it('refuses a wrong check digit with a way out', () => {
    expect(() => Siret.lire('22620001200013')).toThrow(ErreurValeur);
    expect(() => Siret.lire('22620001200013')).toThrow(/recopiez-le depuis l’avis de situation/);
  });

  it('Luhn: of the ten possible last digits, exactly one is right', () => {
    fc.assert(
      fc.property(treizeChiffres, (debut) => {
        expect([...'0123456789'].filter((c) => accepte(debut + c))).toHaveLength(1);
      }),
    );
  });

  it('Luhn: one mistyped digit is always caught', () => {
    fc.assert(
      fc.property(treizeChiffres, fc.nat(13), fc.integer({ min: 1, max: 9 }), (debut, rang, ecart) => {
        const siret = debut + dernier(debut);
        const faux = [...siret].map((c, i) => (i === rang ? `${(Number(c) + ecart) % 10}` : c)).join('');
        fc.pre(!faux.startsWith('356000000') && !faux.startsWith('000000000'));
        expect(accepte(siret)).toBe(true);
        expect(accepte(faux)).toBe(false);
      }),
    );
  });

  it('La Poste: the head office is a Luhn number', () => {
    expect(accepte('35600000000048')).toBe(true);
  });

  it('La Poste: elsewhere, the sum of the digits is a multiple of 5, Luhn or not', () => {
    expect(accepte('35600000049837')).toBe(true);
    expect(accepte('35600000049838')).toBe(false);
    fc.assert(
      fc.property(chiffres(5), (nic) => {
        const siret = `356000000${nic}`;
        const somme = [...siret].reduce((t, c) => t + Number(c), 0);
        expect(accepte(siret)).toBe(somme % 5 === 0 || nic === '00048');
      }),
    );
  });

  it('La Poste: its exception is for nobody else', () => {
    expect(accepte('35600000100005')).toBe(false);
  });
});
