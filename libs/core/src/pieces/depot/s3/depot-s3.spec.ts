import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { demarrerMagasinS3, type HumeurS3, type MagasinS3Essai } from '../../../../../../test/support/magasin-s3.js';
import type { NomDeFichier } from '../depot-de-pieces.js';
import { DepotIndisponible } from '../depot-indisponible.js';
import { DepotS3 } from './depot-s3.js';

const MIO = 1_048_576;
let magasin: MagasinS3Essai;
/** Waits for as long as a busy machine takes. */
let depot: DepotS3;
/** Does not. */
let presse: DepotS3;
beforeAll(async () => {
  magasin = await demarrerMagasinS3();
  depot = new DepotS3(magasin.options);
  presse = new DepotS3({ ...magasin.options, delaiMs: 300 });
});
afterAll(() => magasin?.arreter());
beforeEach(() => {
  Object.assign(magasin, { humeur: 'honnete', parPage: 1000 });
  magasin.objets.clear();
  magasin.requetes.splice(0);
});

const nommer = (): NomDeFichier => ({ departementId: '62', id: randomUUID() });
async function ranger(nom: NomDeFichier, octets: Buffer, ou = depot): Promise<void> {
  const brouillon = await ou.commencer(nom);
  try {
    await brouillon.ajouter(octets);
    await brouillon.publier();
  } catch (erreur) {
    await brouillon.abandonner();
    throw erreur;
  }
}
const lire = async (nom: NomDeFichier, ou = depot): Promise<Buffer | null> => {
  const ouvert = await ou.ouvrir(nom);
  return ouvert === null ? null : ouvert.lire(0, ouvert.taille);
};
const lister = async (ou = depot): Promise<string[]> => {
  const ids: string[] = [];
  for await (const { id } of ou.lister('62')) {
    if (ids.push(id) > 100) throw new Error('sans fin');
  }
  return ids;
};

describe('A store that cannot be used', () => {
  const GESTES: readonly ((nom: NomDeFichier, ou: DepotS3) => Promise<unknown>)[] = [
    (nom, ou) => ranger({ ...nom, id: randomUUID() }, randomBytes(2 * MIO), ou),
    lire,
    (nom, ou) => ou.supprimer(nom),
    (_nom, ou) => lister(ou),
    (_nom, ou) => ou.verifier(),
  ];

  it.each<[HumeurS3, RegExp]>([
    ['muet', /il se tait/],
    ['bouche', /il se tait/],
    ['coupe', /il ne répond pas/],
    ['sature', /il a répondu 503 \(SlowDown\)/],
    ['ferme', /il a répondu 403 \(AccessDenied\)/],
    ['vide', /il a répondu 404 \(NoSuchBucket\)/],
    ['ailleurs', /il a répondu 307 \(TemporaryRedirect\)/],
  ])('that is « %s » says so, soon, and changes nothing', async (humeur, motif) => {
    const nom = nommer();
    await ranger(nom, Buffer.from('là'));
    magasin.humeur = humeur;
    const ou = motif.source === 'il se tait' ? presse : depot;
    const debut = performance.now();
    const issues = await Promise.allSettled(GESTES.map((geste) => geste(nom, ou)));
    expect(performance.now() - debut).toBeLessThan(3_000);
    for (const issue of issues) {
      const erreur: unknown = issue.status === 'rejected' ? issue.reason : null;
      expect(erreur).toBeInstanceOf(DepotIndisponible);
      expect((erreur as Error).message).toMatch(motif);
    }
    expect([...magasin.objets.keys()]).toEqual([`62/${nom.id}`]);
    magasin.humeur = 'honnete';
    expect(await lire(nom)).toEqual(Buffer.from('là'));
  });

  it('that would not receive the very bytes that were sent receives none', async () => {
    magasin.humeur = 'abime';
    await expect(ranger(nommer(), randomBytes(MIO).fill(7))).rejects.toThrow(/400 \(XAmzContentSHA256Mismatch\)/);
    expect(magasin.objets.size).toBe(0);
  });

  it('that cuts or changes what it gives is not believed', async () => {
    const nom = nommer();
    await ranger(nom, randomBytes(3 * MIO));
    magasin.humeur = 'tronque';
    await expect(lire(nom)).rejects.toThrow(/il ne répond pas/);
    magasin.humeur = 'entier';
    await expect(lire(nom)).rejects.toThrow(/il répond trop longuement/);
    magasin.objets.set(`62/${nom.id}`, { octets: randomBytes(10), ecritLe: new Date() });
    await expect(lire(nom)).rejects.toThrow(/il ne donne pas la partie demandée/);
  });

  it('whose list turns in circles, or is no list, is not swept', async () => {
    await ranger(nommer(), Buffer.from('x'));
    magasin.humeur = 'boucle';
    await expect(lister()).rejects.toThrow(/illisible/);
    magasin.humeur = 'page';
    await expect(lister()).rejects.toThrow(/illisible/);
  });

  it('that does not know our key is told nothing of its secret', async () => {
    const autre = new DepotS3({ ...magasin.options, cle: { ...magasin.options.cle, secret: 'un/autre+secret=' } });
    const erreur = await autre.verifier().catch((refus: unknown) => refus);
    expect((erreur as Error).message).toBe(
      'Le magasin des pièces est indisponible : il a répondu 403 (SignatureDoesNotMatch).',
    );
  });
});

describe('A store', () => {
  it('that asks for a moment is given it', async () => {
    const nom = nommer();
    magasin.humeur = 'hesitant';
    await expect(ranger(nom, randomBytes(2 * MIO))).resolves.toBeUndefined();
    magasin.humeur = 'hesitant';
    expect((await lire(nom))?.length).toBe(2 * MIO);
    expect(magasin.requetes.map((requete) => requete.slice(0, 3))).toEqual(['PUT', 'PUT', 'GET', 'GET', 'GET']);
  });

  it('whose word was lost keeps a whole object, which the sweep finds', async () => {
    const nom = nommer();
    const octets = randomBytes(MIO + 7);
    magasin.humeur = 'oublieux';
    await expect(ranger(nom, octets)).rejects.toThrow(DepotIndisponible);
    magasin.humeur = 'honnete';
    expect(await lister()).toEqual([nom.id]);
    expect((await lire(nom))?.equals(octets)).toBe(true);
  });

  it('is asked for a window at a time, and for nothing that is not read', async () => {
    const nom = nommer();
    await ranger(nom, randomBytes(3 * MIO + 5));
    magasin.requetes.splice(0);
    const ouvert = await depot.ouvrir(nom);
    expect(await ouvert?.lire(0, 1_000)).toHaveLength(1_000);
    expect(magasin.requetes).toHaveLength(1);
    for (let ici = 0; ici < 3 * MIO; ici += 65_552) await ouvert?.lire(ici, 65_552);
    expect(magasin.requetes).toHaveLength(4);
  });

  it('is not left holding an object that shrank while it was read', async () => {
    const nom = nommer();
    await ranger(nom, randomBytes(2 * MIO));
    const ouvert = await depot.ouvrir(nom);
    magasin.objets.set(`62/${nom.id}`, { octets: randomBytes(10), ecritLe: new Date() });
    expect(await ouvert?.lire(MIO - 5, 10)).toHaveLength(5);
  });

  it('gives each page of its list once', async () => {
    magasin.parPage = 4;
    const noms = Array.from({ length: 11 }, nommer);
    for (const { id } of noms) magasin.objets.set(`62/${id}`, { octets: Buffer.from('x'), ecritLe: new Date() });
    expect((await lister()).sort()).toEqual(noms.map(({ id }) => id).sort());
    expect(magasin.requetes).toHaveLength(3);
  });

  describe('before it is sent anything', () => {
    const dossierAvant = process.env['TMPDIR'];
    afterEach(() => {
      if (dossierAvant === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = dossierAvant;
    });

    it('a piece waits in a file without a name: a crash would leave nothing', async () => {
      const dossier = await mkdtemp(join(tmpdir(), 'sillage-attente-'));
      process.env['TMPDIR'] = dossier;
      const brouillon = await depot.commencer(nommer());
      await brouillon.ajouter(randomBytes(MIO));
      expect(await readdir(dossier)).toEqual([]);
      expect(magasin.requetes).toEqual([]);
      expect((await brouillon.relire().lire(0, MIO)).length).toBe(MIO);
      await brouillon.abandonner();
      expect(magasin.requetes).toEqual([]);
      await rm(dossier, { recursive: true });
    });
  });
});
