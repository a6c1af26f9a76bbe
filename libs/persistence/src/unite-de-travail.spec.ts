import { describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { avecClient } from '../../../test/support/index.js';
import { atelier, codesVisibles, ecrireTerritoire } from '../test/source.js';
import { creerDataSource } from './source-de-donnees.js';
import { UniteAbandonnee, UniteDeTravail } from './unite-de-travail.js';

// One connection: whatever a unit leaves on it, the next one finds.
const a = atelier(1);

test('rend le résultat du travail et valide', async () => {
  expect(await a.unite.executer('62', async (em) => (await ecrireTerritoire(em, '62', 'A'), 'fait'))).toBe('fait');
  expect(await a.unite.lecture('62', codesVisibles)).toEqual(['A']);
});

test('laisse passer l’erreur du travail, et annule', async () => {
  const erreur = new Error('abandon');
  await expect(
    a.unite.executer('62', async (em) => {
      await ecrireTerritoire(em, '62', 'B');
      throw erreur;
    }),
  ).rejects.toBe(erreur);
  expect(await a.unite.lecture('62', codesVisibles)).not.toContain('B');
});

test('refuse de valider une transaction dont une erreur a été ignorée', async () => {
  await expect(
    a.unite.executer('62', async (em) => {
      await ecrireTerritoire(em, '62', 'C');
      await em.query('select 1 / 0').catch(() => undefined);
    }),
  ).rejects.toThrow(/son erreur a été ignorée : tout a été annulé/);
  expect(await a.unite.lecture('62', codesVisibles)).not.toContain('C');
});

test('une transaction imbriquée est un point de sauvegarde', async () => {
  await a.unite.executer('62', async (em) => {
    await ecrireTerritoire(em, '62', 'D');
    await em
      .transaction(async (interieur) => {
        await ecrireTerritoire(interieur, '62', 'E');
        throw new Error('abandon intérieur');
      })
      .catch(() => undefined);
  });
  const codes = await a.unite.lecture('62', codesVisibles);
  expect(codes).toContain('D');
  expect(codes).not.toContain('E');
});

test('dénonce un travail qui clôt lui-même sa transaction', async () => {
  await expect(a.unite.executer('62', (em) => em.query('commit'))).rejects.toThrow(/close par son propre travail/);
});

test('une lecture n’écrit pas', async () => {
  await expect(a.unite.lecture('62', (em) => ecrireTerritoire(em, '62', 'F'))).rejects.toMatchObject({
    driverError: { code: '25006' },
  });
});

test('exige un département', async () => {
  await expect(a.unite.executer('', async () => undefined)).rejects.toThrow(UniteAbandonnee);
});

describe('la connexion', () => {
  test('perdue pendant le travail, elle est remplacée', async () => {
    await expect(
      a.unite.executer('62', (em) => em.query('select pg_terminate_backend(pg_backend_pid())')),
    ).rejects.toThrow();
    expect(await a.unite.lecture('62', codesVisibles)).toContain('A');
  });

  test('perdue pendant COMMIT, elle est remplacée, et l’appelant sait que rien n’est sûr', async () => {
    await avecClient(a.base.urlProprietaire, (client) =>
      client.query(`
        create function sillage.mourir() returns trigger language plpgsql as
          'begin perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1); return null; end';
        create constraint trigger fin after insert on sillage.structure deferrable initially deferred
          for each row execute function sillage.mourir();`),
    );
    await expect(
      a.unite.executer('62', (em) =>
        em.query(`insert into sillage.structure (departement_id, id, raison_sociale, nature, cree_le, modifie_le)
          values ('62', gen_random_uuid(), 'X', 'AUTRE', now(), now())`),
      ),
    ).rejects.toThrow();
    expect(await a.unite.lecture('62', codesVisibles)).toContain('A');
  });

  test('n’est rendue qu’après la réponse du serveur à COMMIT', async () => {
    await avecClient(a.base.urlProprietaire, (client) =>
      client.query(`
        create function sillage.lambiner() returns trigger language plpgsql as 'begin perform pg_sleep(0.2); return null; end';
        create constraint trigger lent after insert on sillage.service deferrable initially deferred
          for each row execute function sillage.lambiner();`),
    );
    const pool = (a.dataSource.driver as unknown as { master: { idleCount: number } }).master;
    let enPool = -1;
    let tardive: Promise<unknown> | undefined;
    const unite = a.unite.executer('62', async (em) => {
      await em.query(`insert into sillage.service (departement_id, id, type, libelle)
        values ('62', gen_random_uuid(), 'SIEGE', 'Siège')`);
      setTimeout(() => {
        enPool = pool.idleCount;
        tardive = ecrireTerritoire(em, '62', 'G').catch((erreur: unknown) => erreur);
      }, 100);
    });
    await unite;
    expect(enPool).toBe(0);
    expect(pool.idleCount).toBe(1);
    // A query that nobody awaited, and that comes while the server commits, is refused: it would have no context.
    expect(await tardive).toBeInstanceOf(UniteAbandonnee);
  });
});

test('la connexion qui ne répond plus à ROLLBACK est détruite, jamais rendue', async () => {
  const { hostname, port } = new URL(a.base.urlApp);
  let muet = false;
  const serveur = createServer((client) => {
    const aval = connect(Number(port), hostname);
    const relayer = (de: Socket, vers: Socket): void => {
      let perdue = false;
      de.on('data', (octets) => {
        perdue ||= muet;
        if (!perdue) vers.write(octets);
      });
      de.on('error', () => vers.destroy()).on('close', () => vers.destroy());
    };
    relayer(client, aval);
    relayer(aval, client);
  }).listen(0, '127.0.0.1');
  await once(serveur, 'listening');
  const url = new URL(a.base.urlApp);
  url.port = String((serveur.address() as AddressInfo).port);
  const dataSource = await creerDataSource({ url: url.href, connexions: 1, entites: [] }).initialize();
  try {
    const unite = new UniteDeTravail(dataSource);
    await expect(
      unite.executer('62', async () => {
        muet = true;
        throw new Error('abandon');
      }),
    ).rejects.toThrow('abandon');
    muet = false;
    expect(await unite.lecture('62', codesVisibles)).toContain('A');
  } finally {
    await dataSource.destroy();
    serveur.close();
  }
}, 20_000);

test('à l’arrêt, on attend les unités en cours et on n’en commence plus', async () => {
  const unite = new UniteDeTravail(a.dataSource);
  const lente = unite.executer('62', async (em) => {
    await em.query('select pg_sleep(0.2)');
    await ecrireTerritoire(em, '62', 'DERNIERE');
  });
  await unite.fermer(5_000);
  await expect(unite.executer('62', async () => undefined)).rejects.toThrow(/Le service s’arrête/);
  await lente;
  expect(await a.unite.lecture('62', codesVisibles)).toContain('DERNIERE');
});
