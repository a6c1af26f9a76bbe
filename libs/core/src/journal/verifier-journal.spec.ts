import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { horlogeSysteme } from '@sillage/kernel';
import { creerDataSource, migrationsSocle, UniteDeTravail } from '@sillage/persistence';
import fc from 'fast-check';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { avecClient, type BaseEssai, creerBaseEssai } from '../../../../test/support/index.js';
import { type Constat, direEcart, ecrireTete, JournalService, lireTete, type TeteDeChaine } from './index.js';
import { verifierChaine } from './verifier-journal.js';

let base: BaseEssai;
let source: DataSource;
let unites: UniteDeTravail;
const journal = new JournalService(horlogeSysteme);
const REDACTEURS = Number(process.env['ESSAIS_JOURNAL_REDACTEURS'] ?? '8');
const TIRAGES = Number(process.env['ESSAIS_JOURNAL_TIRAGES'] ?? '4');

beforeAll(async () => {
  base = await creerBaseEssai({ departements: ['62', '99'] });
  source = await creerDataSource({ url: base.urlApp, connexions: 8, entites: [] }).initialize();
  unites = new UniteDeTravail(source);
});
afterAll(async () => {
  await source.destroy();
  await base.supprimer();
});
// What an administrator of the server can do, and nobody else: no trigger, no policy.
const falsifier = (sql: string): Promise<unknown> =>
  avecClient(base.urlAdmin, (client) => client.query(`set session_replication_role = replica; ${sql}`));
beforeEach(() => falsifier('truncate sillage.journal; truncate sillage.journal_chaine'));

const ecrire = async (departementId: string, nombre: number): Promise<string[]> => {
  const objets = Array.from({ length: nombre }, () => uuidv7());
  await unites.executer(departementId, (em) =>
    journal.ecrireTous(
      em,
      { departementId, jobId: 'essai' },
      objets.map((objetId, n) => ({ action: 'essayer', objetType: 'Essai', objetId, details: { n } })),
    ),
  );
  return objets;
};
const verifier = (departementId: string, noteeAvant?: TeteDeChaine | null): Promise<Constat> =>
  verifierChaine((sql, parametres) => unites.lecture(departementId, (em) => em.query(sql, parametres)), {
    departementId,
    chaine: 'JOURNAL',
    notees: noteeAvant ? [noteeAvant] : [],
    lot: 3,
  });
/** `NATURE rang`, the rangs of what has one. */
const fautes = async (noteeAvant?: TeteDeChaine | null): Promise<string[]> => {
  const { ecarts, nombreEcarts } = await verifier('62', noteeAvant);
  expect(nombreEcarts).toBe(ecarts.length);
  return ecarts.map(({ nature, rang }) => `${nature} ${rang ?? '-'}`);
};
const ligne = (rang: number): string =>
  `(select journal_id from sillage.journal_chaine where departement_id = '62' and rang = ${rang})`;
const FORGEE = `insert into sillage.journal (departement_id, id, le, acteur_type, action, objet_type, objet_id)
  values ('62', '01940000-0000-7000-8000-000000000001', now(), 'SYSTEME', 'forger', 'Essai', gen_random_uuid())`;

describe('la chaîne du journal', () => {
  it('est vide, puis entière, quels que soient le lot et les réglages de session de ceux qui écrivent et vérifient', async () => {
    expect(await verifier('62')).toMatchObject({ maillons: 0, tete: null, nombreEcarts: 0 });
    await ecrire('62', 4);
    await unites.executer('62', async (em) => {
      await em.query(
        `set local timezone = 'Pacific/Auckland'; set local datestyle = 'SQL, DMY'; set local extra_float_digits = 0`,
      );
      await journal.ecrire(
        em,
        { departementId: '62', jobId: 'essai' },
        { action: 'é', objetType: 'Essai', objetId: uuidv7(), details: { x: 1.1, ç: ['"', null] } },
      );
    });
    const constat = await unites.lecture('62', async (em) => {
      await em.query(`set local timezone = 'America/Noronha'; set local bytea_output = 'escape'`);
      return verifierChaine((sql, parametres) => em.query(sql, parametres), { departementId: '62', chaine: 'JOURNAL' });
    });
    expect(constat).toMatchObject({ maillons: 5, nombreEcarts: 0, tete: { rang: 5 } });
    expect(await verifier('62', constat.tete)).toEqual(constat);
  });

  it('suit l’ordre des écritures d’une transaction, et dit où elle en est', async () => {
    const objets = await ecrire('62', 7);
    const { rows } = await avecClient(base.urlAdmin, (client) =>
      client.query<{ objet_id: string }>(`select j.objet_id from sillage.journal j join sillage.journal_chaine c
        on c.departement_id = j.departement_id and c.journal_id = j.id order by c.rang`),
    );
    expect(rows.map(({ objet_id: id }) => id)).toEqual(objets);
    const vus: string[] = [];
    await verifierChaine((sql, parametres) => unites.lecture('62', (em) => em.query(sql, parametres)), {
      departementId: '62',
      chaine: 'JOURNAL',
      lot: 3,
      progres: (faits, total) => vus.push(`${faits}/${total}`),
    });
    expect(vus).toEqual(['3/7', '6/7', '7/7']);
  });

  it('ne garde rien d’une transaction annulée, et n’a pas de trou', async () => {
    await ecrire('62', 2);
    const annulee = unites.executer('62', async (em) => {
      await journal.ecrire(
        em,
        { departementId: '62', jobId: 'x' },
        { action: 'x', objetType: 'Essai', objetId: uuidv7() },
      );
      await em.query('set constraints all immediate');
      throw new Error('annulée');
    });
    await expect(annulee).rejects.toThrow('annulée');
    await ecrire('62', 1);
    expect(await verifier('62')).toMatchObject({ maillons: 3, nombreEcarts: 0, tete: { rang: 3 } });
  });

  it('ne retient personne avant COMMIT : deux transactions aux verrous croisés finissent', async () => {
    const ligneDe = (em: EntityManager): Promise<void> =>
      journal.ecrire(em, { departementId: '62', jobId: 'x' }, { action: 'x', objetType: 'Essai', objetId: uuidv7() });
    const verrou = (em: EntityManager): Promise<unknown> => em.query('select pg_advisory_xact_lock(42)');
    let [ecrit, verrouille] = [(): void => undefined, (): void => undefined];
    const apresEcriture = new Promise<void>((resolve) => (ecrit = resolve));
    const apresVerrou = new Promise<void>((resolve) => (verrouille = resolve));
    await Promise.all([
      unites.executer('62', async (em) => {
        await ligneDe(em);
        ecrit();
        await apresVerrou;
        await verrou(em);
      }),
      unites.executer('62', async (em) => {
        await verrou(em);
        verrouille();
        await apresEcriture;
        await ligneDe(em);
      }),
    ]);
    expect(await verifier('62')).toMatchObject({ maillons: 2, nombreEcarts: 0 });
  });

  it(`est une seule, sans rupture, sous ${REDACTEURS} rédacteurs à la fois, et n’est pas celle d’un autre département`, async () => {
    const rediger = async (departementId: string): Promise<void> => {
      for (let n = 0; n < 50; n++) await ecrire(departementId, 1);
    };
    await Promise.all([...Array.from({ length: REDACTEURS }, () => rediger('62')), rediger('99')]);
    expect(await verifier('62')).toMatchObject({ maillons: 50 * REDACTEURS, nombreEcarts: 0 });
    expect(await verifier('99')).toMatchObject({ maillons: 50, nombreEcarts: 0, tete: { rang: 50 } });
    await falsifier(`update sillage.journal set action = 'x' where departement_id = '99'`);
    expect((await verifier('99')).nombreEcarts).toBe(50);
    expect((await verifier('62')).nombreEcarts).toBe(0);
  }, 120_000);
});

describe('ce qu’un administrateur du serveur a changé se voit', () => {
  beforeEach(async () => {
    await ecrire('62', 6);
    await ecrire('62', 4);
  });

  it.each([
    ['un détail', `update sillage.journal set details = '{"n": 42}' where id = ${ligne(4)}`, ['LIGNE_ALTEREE 4']],
    ['une date', `update sillage.journal set le = le + interval '1 us' where id = ${ligne(7)}`, ['LIGNE_ALTEREE 7']],
    ['une ligne effacée', `delete from sillage.journal where id = ${ligne(4)}`, ['LIGNE_EFFACEE 4']],
    [
      'une ligne effacée avec son maillon',
      `delete from sillage.journal where id = ${ligne(4)}; delete from sillage.journal_chaine where rang = 4`,
      ['MAILLON_MANQUANT 4', 'LIEN_ROMPU 5'],
    ],
    [
      'deux lignes échangées',
      `alter table sillage.journal_chaine drop constraint journal_chaine_departement_id_chaine_journal_id_key;
       update sillage.journal_chaine c set journal_id = case rang when 3 then ${ligne(8)} else ${ligne(3)} end where rang in (3, 8);
       alter table sillage.journal_chaine add unique (departement_id, chaine, journal_id)`,
      ['LIGNE_DEPLACEE 3', 'LIGNE_DEPLACEE 8'],
    ],
    [
      'deux maillons échangés',
      `update sillage.journal_chaine set rang = -rang + 1000 where rang in (3, 8);
       update sillage.journal_chaine set rang = 8 where rang = 997; update sillage.journal_chaine set rang = 3 where rang = 992`,
      ['LIEN_ROMPU 3', 'LIEN_ROMPU 4', 'LIEN_ROMPU 8', 'LIEN_ROMPU 9'],
    ],
    ['une ligne glissée sans maillon', FORGEE, ['LIGNE_HORS_CHAINE -']],
    [
      'une ligne glissée au milieu, et les suivantes décalées',
      `${FORGEE}; update sillage.journal_chaine set rang = rang + 1000 where rang > 5;
       insert into sillage.journal_chaine select departement_id, chaine, 6, '01940000-0000-7000-8000-000000000001', 1, empreinte, sha256('forge')
         from sillage.journal_chaine where rang = 5;
       update sillage.journal_chaine set rang = rang - 999 where rang > 1000`,
      ['LIGNE_ALTEREE 6', 'LIEN_ROMPU 7'],
    ],
    [
      'le début coupé',
      'delete from sillage.journal where id = ' + ligne(1) + '; delete from sillage.journal_chaine where rang = 1',
      ['MAILLON_MANQUANT 1', 'LIEN_ROMPU 2'],
    ],
    [
      'la fin de la chaîne seule',
      'delete from sillage.journal_chaine where rang > 8',
      ['LIGNE_HORS_CHAINE -', 'LIGNE_HORS_CHAINE -'],
    ],
  ])('%s', async (_nom, sql, attendues) => {
    expect(await fautes()).toEqual([]);
    await falsifier(sql);
    expect(await fautes()).toEqual(attendues);
  });

  it('la chaîne d’un département donnée pour celle d’un autre', async () => {
    await falsifier(
      `update sillage.journal_chaine set departement_id = '99'; update sillage.journal set departement_id = '99'`,
    );
    const { ecarts } = await verifier('99');
    expect(ecarts.filter(({ rang }) => rang === 1).map(({ nature }) => nature)).toEqual([
      'LIEN_ROMPU',
      'LIGNE_ALTEREE',
    ]);
  });

  it('la fin coupée, chaîne et journal : par la tête notée ailleurs, et par elle seule', async () => {
    const { tete } = await verifier('62');
    await ecrire('62', 2);
    expect(await fautes(tete)).toEqual([]);
    await falsifier(`delete from sillage.journal where id in (select journal_id from sillage.journal_chaine where rang > 8);
      delete from sillage.journal_chaine where rang > 8`);
    expect(await fautes()).toEqual([]);
    expect(await fautes(tete)).toEqual(['TETE_TRONQUEE 10']);
  });

  it('tout récrit avec soin : par la tête notée ailleurs, et par elle seule', async () => {
    const { tete } = await verifier('62');
    await avecClient(base.urlAdmin, (client) =>
      client.query(`set session_replication_role = replica;
        update sillage.journal set action = 'autre' where id = ${ligne(2)};
        create temporary table garde as select j.*, c.rang from sillage.journal j
          join sillage.journal_chaine c on c.departement_id = j.departement_id and c.journal_id = j.id;
        truncate sillage.journal; truncate sillage.journal_chaine;
        set session_replication_role = origin;
        insert into sillage.journal select departement_id, id, le, acteur_type, acteur_id, requete_id, action, objet_type, objet_id,
          regles, details from garde order by rang`),
    );
    expect(await fautes()).toEqual([]);
    expect(await fautes(tete)).toEqual(['TETE_RECRITE 10']);
  });

  it('n’importe quelle colonne de n’importe quelle ligne', async () => {
    const changements = [
      `le = le - interval '1 day'`,
      `acteur_type = 'SYSTEME'`,
      'acteur_id = gen_random_uuid()',
      `requete_id = requete_id || 'x'`,
      `action = action || ' '`,
      `objet_type = 'Autre'`,
      'objet_id = gen_random_uuid()',
      `regles = array['X']`,
      `details = details || '{"y": null}'`,
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...changements), fc.integer({ min: 1, max: 10 }), async (changement, rang) => {
        await falsifier(`create table sillage.garde as select * from sillage.journal where id = ${ligne(rang)};
          update sillage.journal set ${changement} where id = ${ligne(rang)}`);
        try {
          expect(await fautes()).toEqual([`LIGNE_ALTEREE ${rang}`]);
        } finally {
          await falsifier(`delete from sillage.journal where id = ${ligne(rang)};
            insert into sillage.journal select * from sillage.garde; drop table sillage.garde`);
        }
      }),
      { numRuns: TIRAGES },
    );
  });
});

describe('la migration', () => {
  it('enchaîne ce qui était déjà écrit, dans l’ordre des identifiants, chaque département à part', async () => {
    const ids = ['62', '99', '62'].map((departementId) => ({ departementId, id: uuidv7() }));
    await avecClient(base.urlAdmin, async (client) => {
      await client.query(`drop table sillage.journal_chaine; drop trigger chainer on sillage.journal;
        drop trigger immuable on sillage.journal; drop function sillage.chainer, sillage.refuser_reecriture,
          sillage.refuser_hors_journal, sillage.forme_canonique (sillage.journal, smallint), sillage.empreinte_maillon,
          sillage.origine_chaine cascade;
        drop index sillage.journal_liste, sillage.journal_acteur, sillage.journal_action, sillage.journal_requete, sillage.journal_type`);
      for (const { departementId, id } of ids.toReversed()) {
        await client.query(
          `insert into sillage.journal (departement_id, id, le, acteur_type, action, objet_type, objet_id)
           values ($1, $2, now(), 'SYSTEME', 'essayer', 'Essai', gen_random_uuid())`,
          [departementId, id],
        );
      }
    });
    const proprietaire = await creerDataSource({ url: base.urlProprietaire, connexions: 1, entites: [] }).initialize();
    const runner = proprietaire.createQueryRunner();
    await runner.startTransaction();
    await new (migrationsSocle.find(({ name }) => name.startsWith('JournalEnchaine'))!)().up(runner);
    await runner.commitTransaction();
    await proprietaire.destroy();
    expect(await verifier('62')).toMatchObject({ maillons: 2, nombreEcarts: 0 });
    expect(await verifier('99')).toMatchObject({ maillons: 1, nombreEcarts: 0 });
    await ecrire('62', 1);
    expect(await verifier('62')).toMatchObject({ maillons: 3, nombreEcarts: 0 });
    const { rows } = await avecClient(base.urlAdmin, (client) =>
      client.query(
        `select journal_id from sillage.journal_chaine where departement_id = '62' and rang < 3 order by rang`,
      ),
    );
    expect(rows).toEqual([{ journal_id: ids[0]!.id }, { journal_id: ids[2]!.id }]);
  });
});

describe('une tête', () => {
  it('se note et se relit', () => {
    const tete = { departementId: '2A', chaine: 'JOURNAL', rang: 1204, empreinte: 'ab'.repeat(32) } as const;
    expect(lireTete(ecrireTete(tete))).toEqual(tete);
    for (const faux of ['', '62/JOURNAL/0/' + 'ab'.repeat(32), '62/AUTRE/1/' + 'ab'.repeat(32), '62/JOURNAL/1/ab']) {
      expect(lireTete(faux)).toBeNull();
    }
  });

  it('un écart se dit en français', () => {
    expect(direEcart({ nature: 'LIGNE_EFFACEE', rang: 3, ligneId: 'x' })).toBe(
      'LIGNE_EFFACEE (rang 3, ligne x) : la ligne a disparu du journal.',
    );
  });
});
