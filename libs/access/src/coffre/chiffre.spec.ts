import { createSecretKey, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ChiffreIllisible, ouvrir, type Scellement, sceller, versionDuChiffre } from './chiffre.js';

const CLE = createSecretKey(randomBytes(32));
const ICI: Scellement = {
  departementId: '62',
  table: 'sillage.jeune_coordonnees',
  colonne: 'telephone',
  id: '018f0000-0000-7000-8000-000000000001',
  version: 1,
};

/** Any text, lone surrogates and NUL included. */
const textes = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', maxLength: 200 }));
const lettres = fc.stringMatching(/^[a-z0-9_.|:]{0,12}$/);
const scellements: fc.Arbitrary<Scellement> = fc.record({
  departementId: lettres,
  table: lettres,
  colonne: lettres,
  id: fc.uuid(),
  version: fc.integer({ min: 1, max: 0x7fffffff }),
});

function codeDe(travail: () => unknown): string {
  try {
    travail();
  } catch (erreur) {
    if (erreur instanceof ChiffreIllisible) return erreur.code;
    throw erreur;
  }
  return 'OUVERT';
}

describe('sceller, ouvrir', () => {
  it('rend ce qui a été scellé, comme le rendrait une colonne UTF-8', () => {
    fc.assert(
      fc.property(textes, scellements, (texte, ici) => {
        const octets = sceller(CLE, ici, texte);
        expect(ouvrir(CLE, ici, octets)).toBe(texte.toWellFormed());
        expect(versionDuChiffre(octets)).toBe(ici.version);
      }),
    );
  });

  it('ne s’ouvre ni ailleurs, ni avec une autre clé : deux lieux ne se confondent jamais', () => {
    fc.assert(
      fc.property(textes, scellements, scellements, (texte, ici, ailleurs) => {
        fc.pre(JSON.stringify(ici) !== JSON.stringify(ailleurs));
        expect(codeDe(() => ouvrir(CLE, ailleurs, sceller(CLE, ici, texte)))).not.toBe('OUVERT');
      }),
    );
    const octets = sceller(CLE, ICI, 'Zoé');
    expect(codeDe(() => ouvrir(createSecretKey(randomBytes(32)), ICI, octets))).toBe('CHIFFRE_ALTERE');
  });

  it.each<Partial<Scellement>>([
    { departementId: '59' },
    { departementId: '6', table: '2sillage.jeune_coordonnees' },
    { table: 'sillage.jeune' },
    { table: 'sillage.jeune', colonne: '_coordonneestelephone' },
    { colonne: 'courriel' },
    { id: '018f0000-0000-7000-8000-000000000002' },
  ])('déplacé vers %j : altéré', (ailleurs) => {
    expect(codeDe(() => ouvrir(CLE, { ...ICI, ...ailleurs }, sceller(CLE, ICI, 'Zoé')))).toBe('CHIFFRE_ALTERE');
  });

  it('un bit changé, où que ce soit, se voit', () => {
    const octets = sceller(CLE, ICI, 'Zoé, 06 00 00 00 00');
    for (let bit = 0; bit < octets.length * 8; bit += 1) {
      const change = Buffer.from(octets);
      change[bit >> 3] = (change[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(codeDe(() => ouvrir(CLE, ICI, change))).not.toBe('OUVERT');
    }
  });

  it('tronqué, allongé ou remplacé : illisible', () => {
    const octets = sceller(CLE, ICI, 'Zoé');
    for (let taille = 0; taille < octets.length; taille += 1) {
      expect(codeDe(() => ouvrir(CLE, ICI, octets.subarray(0, taille)))).toBe('CHIFFRE_MAL_FORME');
    }
    expect(codeDe(() => ouvrir(CLE, ICI, Buffer.concat([octets, Buffer.alloc(32)])))).toBe('CHIFFRE_ALTERE');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (hasard) => {
        expect(codeDe(() => ouvrir(CLE, ICI, Buffer.from(hasard)))).not.toBe('OUVERT');
      }),
    );
    const demesuree = Buffer.from(octets);
    demesuree.writeUInt32BE(0xffffffff, 1);
    expect(codeDe(() => versionDuChiffre(demesuree))).toBe('CHIFFRE_MAL_FORME');
  });

  it('ne dit rien du contenu : ni dans l’erreur, ni par la longueur d’un texte court, ni par deux textes égaux', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 8 }), (texte) => {
        const octets = sceller(CLE, ICI, texte);
        try {
          ouvrir(CLE, { ...ICI, colonne: 'courriel' }, octets);
        } catch (erreur) {
          expect(inspect(erreur, { depth: 5, showHidden: true })).not.toContain(texte);
        }
        expect(octets.includes(texte)).toBe(false);
        expect(sceller(CLE, ICI, texte).equals(octets)).toBe(false);
      }),
    );
    const longueurs = ['', 'oui', 'non', '06 00 00 00 00', 'x'.repeat(31)].map((t) => sceller(CLE, ICI, t).length);
    expect(new Set(longueurs).size).toBe(1);
    expect(sceller(CLE, ICI, 'x'.repeat(32)).length).toBe((longueurs[0] as number) + 32);
  });

  it('nomme une ligne par son uuid, en majuscules ou non', () => {
    const octets = sceller(CLE, { ...ICI, id: ICI.id.toUpperCase() }, 'Zoé');
    expect(ouvrir(CLE, ICI, octets)).toBe('Zoé');
    expect(() => sceller(CLE, { ...ICI, id: '12' }, 'Zoé')).toThrow(TypeError);
  });
});
