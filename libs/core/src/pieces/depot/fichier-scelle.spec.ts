import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Brouillon, Octets } from './depot-de-pieces.js';
import { FichierAltere, ouvrirScelle, parSegments, Scellage, tirerCle } from './fichier-scelle.js';

const octetsDe = (contenu: Buffer): Octets => ({
  taille: contenu.length,
  lire: async (position, longueur) => contenu.subarray(position, position + longueur),
});
const enMemoire = (): { brouillon: Brouillon; ecrit: () => Buffer } => {
  const morceaux: Buffer[] = [];
  const ecrit = (): Buffer => Buffer.concat(morceaux);
  const rien = async (): Promise<void> => undefined;
  return {
    ecrit,
    brouillon: {
      ajouter: async (octets) => void morceaux.push(octets),
      relire: () => octetsDe(ecrit()),
      publier: rien,
      abandonner: rien,
    },
  };
};
const nom = { departementId: '62', id: randomUUID() };
const SEGMENT = 65_536;
const SCELLE = SEGMENT + 16;

/** Sizes around the ends of segments, where what goes wrong goes wrong. */
const taille = fc.oneof(
  fc.integer({ min: 1, max: 500 }),
  fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: -2, max: 2 })).map(([n, d]) => n * SEGMENT + d),
);

async function sceller(contenu: Buffer, cle: Buffer, morceau = contenu.length): Promise<Buffer> {
  const { brouillon, ecrit } = enMemoire();
  const scellage = new Scellage(brouillon, nom, cle);
  for (let ici = 0; ici < contenu.length; ici += morceau) await scellage.ajouter(contenu.subarray(ici, ici + morceau));
  await scellage.finir();
  return ecrit();
}
const lireTout = async (octets: Octets): Promise<Buffer> => {
  const lus: Buffer[] = [];
  for await (const segment of parSegments(octets)) lus.push(segment);
  return Buffer.concat(lus);
};

describe('A sealed file', () => {
  it('is read as it was written, whole or in part, however it came', async () => {
    await fc.assert(
      fc.asyncProperty(
        taille,
        fc.integer({ min: 1_000, max: 200_000 }),
        fc.nat(),
        fc.nat(),
        async (n, morceau, a, b) => {
          const contenu = Buffer.alloc(n, 'contenu ');
          const cle = tirerCle();
          const ouvert = ouvrirScelle(octetsDe(await sceller(contenu, cle, morceau)), nom, cle);
          expect(ouvert.taille).toBe(n);
          expect((await lireTout(ouvert)).equals(contenu)).toBe(true);
          const [position, longueur] = [a % n, b % (n + 10)];
          expect((await ouvert.lire(position, longueur)).equals(contenu.subarray(position, position + longueur))).toBe(
            true,
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('does not open under another key or name, cut, lengthened, or with a bit changed', async () => {
    const contenu = Buffer.alloc(2 * SEGMENT + 10, 'x');
    const cle = tirerCle();
    const scelle = await sceller(contenu, cle);
    const refuser = (octets: Buffer, autreCle = cle, autreNom = nom): Promise<void> =>
      expect(lireTout(ouvrirScelle(octetsDe(octets), autreNom, autreCle))).rejects.toThrow(FichierAltere);
    await refuser(scelle, tirerCle());
    await refuser(scelle, cle, { ...nom, departementId: '99' });
    await refuser(scelle, cle, { ...nom, id: randomUUID() });
    await refuser(scelle.subarray(0, 2 * SCELLE));
    await refuser(scelle.subarray(0, SCELLE));
    await refuser(scelle.subarray(SCELLE));
    await refuser(Buffer.concat([scelle.subarray(0, 2 * SCELLE), scelle]));
    await fc.assert(
      fc.asyncProperty(fc.nat(scelle.length - 1), fc.nat(7), async (rang, bit) => {
        const change = Buffer.from(scelle);
        change[rang] = (change[rang] as number) ^ (1 << bit);
        await refuser(change);
      }),
      { numRuns: 40 },
    );
  });
});
