import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LieuDesPieces, surDisque, surS3 } from '../../../../../test/support/lieux-des-pieces.js';
import type { DepotDePieces, FichierTrouve, NomDeFichier, Octets } from './depot-de-pieces.js';
import { DepotDisque } from './depot-disque.js';
import { FichierAltere, ouvrirScelle, parSegments, Scellage, tirerCle } from './fichier-scelle.js';
import { DepotS3 } from './s3/depot-s3.js';

const surDossier = async () => {
  const lieu = await surDisque();
  return { lieu, depot: new DepotDisque(lieu.env['PIECES_DOSSIER'] as string) };
};
const surMagasin = async () => {
  const lieu = await surS3();
  lieu.magasin.parPage = 3;
  return { lieu, depot: new DepotS3(lieu.magasin.options) };
};

const MIO = 1_048_576;
const nommer = (departementId = '62'): NomDeFichier => ({ departementId, id: randomUUID() });
const fichierDe = ({ departementId, id }: NomDeFichier): string => `${departementId}/${id}`;

async function lireTout(octets: Octets, parcours = 65_552): Promise<Buffer> {
  const lus: Buffer[] = [];
  for (let ici = 0; ici < octets.taille; ici += parcours) lus.push(await octets.lire(ici, parcours));
  return Buffer.concat(lus);
}

describe.each([
  ['a folder', surDossier],
  ['a store that speaks S3', surMagasin],
])('Pieces kept in %s', (_nom, ouvrir) => {
  let depot: DepotDePieces;
  let lieu: LieuDesPieces;
  beforeAll(async () => {
    ({ depot, lieu } = await ouvrir());
  });
  afterAll(() => lieu?.effacer());

  async function ranger(nom: NomDeFichier, octets: Buffer, morceau = 65_552): Promise<void> {
    const brouillon = await depot.commencer(nom);
    for (let ici = 0; ici < octets.length; ici += morceau) await brouillon.ajouter(octets.subarray(ici, ici + morceau));
    await brouillon.publier();
  }
  const relire = async (nom: NomDeFichier): Promise<Buffer | null> => {
    const ouvert = await depot.ouvrir(nom);
    if (ouvert === null) return null;
    try {
      return await lireTout(ouvert);
    } finally {
      await ouvert.fermer();
    }
  };
  const lister = async (departementId: string): Promise<FichierTrouve[]> => {
    const trouves: FichierTrouve[] = [];
    for await (const trouve of depot.lister(departementId)) trouves.push(trouve);
    return trouves;
  };

  it.each([1, 65_552, MIO - 1, MIO, MIO + 1, 2 * MIO + 300_000])(
    '%d bytes are read as they were written',
    async (n) => {
      const nom = nommer();
      const octets = randomBytes(n);
      await ranger(nom, octets, 100_000);
      expect((await relire(nom))?.equals(octets)).toBe(true);
      expect((await lieu.lire(fichierDe(nom))).equals(octets)).toBe(true);
    },
  );

  it('are read anywhere in them, and no further than their end', async () => {
    const nom = nommer();
    const octets = randomBytes(MIO + 100_000);
    await ranger(nom, octets);
    const ouvert = await depot.ouvrir(nom);
    for (const [position, longueur] of [
      [MIO - 10, 20],
      [5, 10],
      [octets.length - 7, 1_000],
      [0, octets.length],
      [octets.length, 10],
      [octets.length + 50, 10],
    ] as const) {
      expect((await ouvert?.lire(position, longueur))?.equals(octets.subarray(position, position + longueur))).toBe(
        true,
      );
    }
    await ouvert?.fermer();
  });

  it('are found by nobody before they are whole; their draft is read meanwhile', async () => {
    const nom = nommer();
    const brouillon = await depot.commencer(nom);
    await brouillon.ajouter(Buffer.from('un, '));
    await brouillon.ajouter(Buffer.from('deux'));
    expect(await lireTout(brouillon.relire())).toEqual(Buffer.from('un, deux'));
    expect(await brouillon.relire().lire(4, 100)).toEqual(Buffer.from('deux'));
    expect(await depot.ouvrir(nom)).toBeNull();
    expect((await lister('62')).filter(({ id, brouillon: b }) => id === nom.id && !b)).toEqual([]);
    await brouillon.publier();
    expect(await relire(nom)).toEqual(Buffer.from('un, deux'));
  });

  it.each([false, true])('leave nothing once abandoned (published before: %s)', async (publie) => {
    const avant = await lieu.fichiers();
    const brouillon = await depot.commencer(nommer());
    await brouillon.ajouter(Buffer.from('rien'));
    if (publie) await brouillon.publier();
    await brouillon.abandonner();
    await brouillon.abandonner();
    expect(await lieu.fichiers()).toEqual(avant);
  });

  it('are removed, as often as is asked', async () => {
    const nom = nommer();
    await ranger(nom, Buffer.from('x'));
    for (let fois = 0; fois < 3; fois += 1) await depot.supprimer(nom);
    expect(await relire(nom)).toBeNull();
    expect(await lieu.fichiers()).not.toContain(fichierDe(nom));
  });

  it('are listed in their own département, all of them, with their age', async () => {
    const noms = Array.from({ length: 10 }, () => nommer('59'));
    for (const nom of noms) await ranger(nom, Buffer.from('x'));
    await ranger(nommer('595'), Buffer.from('x'));
    await lieu.ecrire('59/autre-chose.txt', Buffer.from('x'));
    await lieu.dater(fichierDe(noms[0] as NomDeFichier), new Date(Date.now() - 3_600_000));
    const trouves = await lister('59');
    expect(trouves.map(({ id }) => id).sort()).toEqual(noms.map(({ id }) => id).sort());
    for (const { id, ageMs, brouillon } of trouves) {
      expect(brouillon).toBe(false);
      const age = id === noms[0]?.id ? 3_600_000 : 0;
      expect(ageMs).toBeGreaterThan(age - 5_000);
      expect(ageMs).toBeLessThan(age + 60_000);
    }
    expect(await lister('2A')).toEqual([]);
  });

  it('that are sealed open as they were; altered, cut or exchanged, they do not', async () => {
    const clair = randomBytes(200_000);
    const cle = tirerCle();
    const nom = nommer();
    const brouillon = await depot.commencer(nom);
    const scellage = new Scellage(brouillon, nom, cle);
    await scellage.ajouter(clair);
    await scellage.finir();
    await brouillon.publier();
    const ouvrirClair = async (): Promise<Buffer> => {
      const ouvert = await depot.ouvrir(nom);
      try {
        const octets = ouvert && ouvrirScelle(ouvert, nom, cle);
        if (octets?.taille !== clair.length) throw new FichierAltere();
        const lus: Buffer[] = [];
        for await (const segment of parSegments(octets)) lus.push(segment);
        return Buffer.concat(lus);
      } finally {
        await ouvert?.fermer();
      }
    };
    expect((await ouvrirClair()).equals(clair)).toBe(true);
    const sain = Buffer.from(await lieu.lire(fichierDe(nom)));
    const change = Buffer.from(sain);
    change[150_000] = (change[150_000] as number) ^ 1;
    for (const faux of [change, sain.subarray(0, -1), sain.subarray(0, 65_552), sain.subarray(1), Buffer.alloc(5)]) {
      await lieu.ecrire(fichierDe(nom), faux);
      await expect(ouvrirClair()).rejects.toThrow(FichierAltere);
    }
    await lieu.oter(fichierDe(nom));
    await expect(ouvrirClair()).rejects.toThrow(FichierAltere);
  });

  it('have no name that leads elsewhere', async () => {
    for (const nom of [
      { departementId: '62', id: '../secret' },
      { departementId: '..', id: randomUUID() },
      { departementId: '62/../59', id: randomUUID() },
      { departementId: '62', id: `${randomUUID()}/x` },
    ]) {
      await expect((async () => depot.commencer(nom))()).rejects.toThrow(TypeError);
      await expect((async () => depot.ouvrir(nom))()).rejects.toThrow(TypeError);
      await expect((async () => depot.supprimer(nom))()).rejects.toThrow(TypeError);
    }
    await expect(lister('../..')).rejects.toThrow(TypeError);
  });

  it('say beforehand whether they can be kept', async () => {
    await expect(depot.verifier()).resolves.toBeUndefined();
  });
});
