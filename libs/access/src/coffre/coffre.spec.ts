import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { type BaseCoffre, cleMaitre, COURRIEL, ouvrirBaseCoffre, placeDe, TABLE } from '../../test/base-coffre.js';
import { versionDuChiffre } from './chiffre.js';
import { ClesMaitres } from './cles-maitres.js';

/** How many texts go through PostgreSQL. */
const TEXTES = Number(process.env['SILLAGE_COFFRE_TEXTES'] ?? 25);

const CLES = new ClesMaitres({ courante: cleMaitre() });
const PERSONNE = { query: () => Promise.reject(new Error('rien à demander')) } as Pick<EntityManager, 'query'>;

let banc: BaseCoffre;
beforeAll(async () => {
  banc = await ouvrirBaseCoffre(8);
});
afterAll(() => banc?.fermer());

describe('Coffre', () => {
  it('rend, chez l’un ou l’autre département, ce qui a été scellé et écrit, une réplique ou une autre', async () => {
    const [une, autre] = [banc.replique(CLES), banc.replique(CLES)];
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.constantFrom('62', '99'), async (texte, departementId) => {
        const id = await banc.inserer(une, departementId, texte);
        expect(await banc.lire(autre, departementId, id)).toBe(texte.toWellFormed());
      }),
      { numRuns: TEXTES },
    );
  });

  it('en nombre : garde l’ordre, et ne demande plus rien de ce qu’il sait', async () => {
    const coffre = banc.replique(CLES);
    const valeurs = ['a', 'b', 'c'].map((texte) => ({ place: placeDe(uuid()), texte }));
    const octets = await banc.unites.executer('62', (em) => coffre.chiffrerTous(em, '62', valeurs));
    const lues = valeurs.map(({ place }, rang) => ({ place, octets: octets[rang]! }));
    expect(await coffre.dechiffrerTous(PERSONNE, '62', lues)).toEqual(['a', 'b', 'c']);
    expect(await coffre.dechiffrerTous(PERSONNE, '62', [])).toEqual([]);
    expect(await coffre.chiffrerTous(PERSONNE as EntityManager, '62', [])).toEqual([]);
    await expect(banc.replique(CLES).dechiffrerTous(PERSONNE, '62', lues)).rejects.toThrow('rien à demander');
  });

  it('échangées dans la base entre lignes, colonnes ou départements, deux valeurs ne s’ouvrent plus', async () => {
    const coffre = banc.replique(CLES);
    const [moi, toi] = [await banc.inserer(coffre, '62', 'moi'), await banc.inserer(coffre, '62', 'toi')];
    const ailleurs = await banc.inserer(coffre, '99', 'ailleurs', moi);
    const lire = (departementId: string, id: string, octets: Buffer, colonne?: typeof COURRIEL) =>
      banc.unites.lecture(departementId, (em) => coffre.dechiffrer(em, departementId, placeDe(id, colonne), octets));
    const altere = { name: 'ChiffreIllisible', code: 'CHIFFRE_ALTERE' };
    await banc.unites.executer('62', (em) =>
      em.query(
        `update ${TABLE} a set telephone = b.telephone, courriel = a.telephone from ${TABLE} b
          where a.departement_id = $1 and b.departement_id = $1 and (a.personne_id, b.personne_id) in (($2, $3), ($3, $2))`,
        ['62', moi, toi],
      ),
    );
    await expect(banc.lire(coffre, '62', moi)).rejects.toMatchObject(altere);
    await expect(lire('62', moi, await banc.octets('62', moi, COURRIEL), COURRIEL)).rejects.toMatchObject(altere);
    await expect(lire('62', moi, await banc.octets('99', ailleurs))).rejects.toMatchObject(altere);
    expect(await lire('62', moi, await banc.octets('62', toi))).toBe('moi');
  });

  it('ne scelle pas pour une colonne que personne n’a déclarée', async () => {
    const place = { table: TABLE, colonne: 'adresse', id: uuid() };
    await expect(
      banc.unites.executer('62', (em) => banc.replique(CLES).chiffrer(em, '62', place, 'x')),
    ).rejects.toThrow(/essai_personne\.adresse n’est pas déclarée/);
  });

  it('sans la bonne clé maître, rien ne s’ouvre ni ne se scelle', async () => {
    const id = await banc.inserer(banc.replique(CLES), '62', 'x');
    const etranger = banc.replique(new ClesMaitres({ courante: cleMaitre() }));
    const fermee = { name: 'ChiffreIllisible', code: 'CLE_INDISPONIBLE' };
    await expect(banc.lire(etranger, '62', id)).rejects.toMatchObject(fermee);
    await expect(banc.inserer(etranger, '62', 'y')).rejects.toMatchObject(fermee);
  });

  it('une version que personne n’a écrite est une clé indisponible', async () => {
    const coffre = banc.replique(CLES);
    const id = await banc.inserer(coffre, '62', 'x');
    const octets = Buffer.from(await banc.octets('62', id));
    octets.writeUInt32BE(0x7fffffff, 1);
    await expect(
      banc.unites.lecture('62', (em) => coffre.dechiffrer(em, '62', placeDe(id), octets)),
    ).rejects.toMatchObject({ code: 'CLE_INDISPONIBLE' });
  });
});

describe('La première clé d’un département', () => {
  let neuve: BaseCoffre;
  beforeAll(async () => {
    neuve = await ouvrirBaseCoffre(8);
  });
  afterAll(() => neuve?.fermer());

  it('faite dans une transaction qui se défait, elle ne sert à personne', async () => {
    const coffre = neuve.replique(CLES);
    const [id, autre] = [uuid(), uuid()];
    await expect(
      neuve.unites.executer('62', async (em) => {
        const octets = await coffre.chiffrer(em, '62', placeDe(id), 'perdu');
        expect(await coffre.dechiffrer(em, '62', placeDe(id), octets)).toBe('perdu');
        throw new Error('défaite');
      }),
    ).rejects.toThrow('défaite');
    expect(await neuve.cles('62')).toEqual([]);
    // Another replica makes the key: the first one, which remembers its own, must follow.
    await neuve.inserer(neuve.replique(CLES), '62', 'gardé', autre);
    expect(await neuve.lire(coffre, '62', autre)).toBe('gardé');
    const suivant = await neuve.inserer(coffre, '62', 'aussi');
    expect(await neuve.lire(neuve.replique(CLES), '62', suivant)).toBe('aussi');
  });

  it('demandée par tous à la fois, il n’y en a qu’une, et le journal la note', async () => {
    const place = placeDe(uuid());
    const attendre = (): Promise<{ nombre: number }[]> =>
      neuve.source.query(
        `select count(*)::int as nombre from pg_locks where locktype = 'transactionid' and not granted`,
      );
    let autres: Promise<string>[] = [];
    await neuve.unites.executer('99', async (em) => {
      await neuve.replique(CLES).chiffrer(em, '99', place, 'la première');
      autres = Array.from({ length: 5 }, (_, rang) => neuve.inserer(neuve.replique(CLES), '99', `personne ${rang}`));
      // They have found no key, and their own waits to know whether this one will be.
      while ((await attendre())[0]?.nombre !== autres.length) await new Promise((suite) => setTimeout(suite, 10));
    });
    const ids = await Promise.all(autres);
    expect(await neuve.cles('99')).toMatchObject([{ version: 1, maitre: CLES.couranteId }]);
    const coffre = neuve.replique(CLES);
    const lus = await Promise.all(ids.map((id) => neuve.lire(coffre, '99', id)));
    expect(lus).toEqual(ids.map((_, rang) => `personne ${rang}`));
    expect(versionDuChiffre(await neuve.octets('99', ids[0]!))).toBe(1);
    const journal = await neuve.unites.lecture('99', (em) =>
      em.query(`select action, acteur_type, details from sillage.journal where objet_type = 'CleDepartement'`),
    );
    expect(journal).toEqual([
      { action: 'cleCreer', acteur_type: 'SYSTEME', details: { version: 1, cleMaitreId: CLES.couranteId } },
    ]);
  });
});
