import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { avecClient, type BaseEssai, creerBaseEssai } from '../../../test/support/index.js';
import { verifierCatalogue } from './catalogue/verifier-catalogue.js';
import { migrer } from './migrer.js';
import { migrationsSocle } from './migrations/index.js';
import { tableLocataire } from './rls.js';

class Notes1763900000001 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // Not qualified: it is the plugin's schema.
    await q.query(`create table note (
      departement_id text not null, id uuid not null, appel_id uuid not null, primary key (departement_id, id),
      foreign key (departement_id, appel_id) references sillage.appel (departement_id, id))`);
    await tableLocataire(q, 'plugin_notes', 'note');
  }
  async down(): Promise<void> {
    throw new Error('sans retour');
  }
}

class Ratee1763900000002 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query('create table a_moitie (id uuid)');
    await q.query('select 1 / 0');
  }
  async down(): Promise<void> {
    throw new Error('sans retour');
  }
}

const PLUGIN = { schema: 'plugin_notes', migrations: [Notes1763900000001] };
let base: BaseEssai;

beforeAll(async () => {
  base = await creerBaseEssai();
});
afterAll(() => base.supprimer());

async function dire(options: Partial<Parameters<typeof migrer>[0]>): Promise<string[]> {
  const lignes: string[] = [];
  await migrer({
    urlProprietaire: base.urlProprietaire,
    plugins: [],
    journal: (ligne) => lignes.push(ligne),
    ...options,
  });
  return lignes;
}

test('met un plugin dans son schéma, avec sa propre liste, et le recommencer ne change rien', async () => {
  expect(await dire({ plugins: [PLUGIN] })).toEqual([
    'schéma sillage : à jour',
    'schéma plugin_notes : 1 migration(s) appliquée(s), jusqu’à Notes1763900000001',
  ]);
  expect(await dire({ plugins: [PLUGIN] })).toEqual(['schéma sillage : à jour', 'schéma plugin_notes : à jour']);
  const faites = await avecClient(base.urlProprietaire, (client) =>
    client.query<{ socle: string; plugin: string }>(
      'select (select count(*) from sillage._migrations) as socle, (select count(*) from plugin_notes._migrations) as plugin',
    ),
  );
  expect(faites.rows[0]).toEqual({ socle: String(migrationsSocle.length), plugin: '1' });
  expect(await avecClient(base.urlApp, verifierCatalogue)).toEqual([]);
});

test('une migration qui échoue ne laisse rien', async () => {
  const ratee = { schema: 'plugin_rate', migrations: [Ratee1763900000002] };
  await expect(dire({ plugins: [ratee] })).rejects.toThrow(
    /migration du schéma plugin_rate a échoué : division by zero/,
  );
  const reste = await avecClient(base.urlProprietaire, (client) =>
    client.query(`select from pg_class where relname = 'a_moitie'`),
  );
  expect(reste.rowCount).toBe(0);
});

test('plusieurs processus à la fois font le travail une fois', async () => {
  const nom = `plugin_${randomBytes(4).toString('hex')}`;
  class Lente1763900000003 implements MigrationInterface {
    async up(q: QueryRunner): Promise<void> {
      await q.query('select pg_sleep(0.2); create table une_fois (departement_id text)');
    }
    async down(): Promise<void> {
      throw new Error('sans retour');
    }
  }
  const plugin = { schema: nom, migrations: [Lente1763900000003] };
  const recits = await Promise.all([1, 2, 3].map(() => dire({ plugins: [plugin] })));
  const dits = recits.flat();
  expect(dits.filter((ligne) => ligne.includes('1 migration(s)'))).toHaveLength(1);
  expect(dits.filter((ligne) => ligne.includes('attente de sa fin'))).toHaveLength(2);
});

test.each([
  ['public', /son nom doit être plugin_/],
  ['plugin_x"; drop schema sillage', /son nom doit être plugin_/],
])('refuse le schéma %s', async (schema, message) => {
  await expect(dire({ plugins: [{ schema, migrations: [] }] })).rejects.toThrow(message);
});

test('refuse deux plugins au même schéma', async () => {
  await expect(dire({ plugins: [PLUGIN, PLUGIN] })).rejects.toThrow(
    'Deux plugins réclament le schéma « plugin_notes ».',
  );
});
