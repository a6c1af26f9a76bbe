import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { avecClient, type BaseEssai, creerBaseEssai } from '../../../test/support/index.js';
import { verifierCatalogue } from './catalogue/verifier-catalogue.js';
import { demarrerPostgres, effacerPostgres, type PostgresEmbarque } from './embarque/demarrer-postgres.js';
import { migrer } from './migrer.js';
import { clonerBase, preparerBase, urlsDeLaBase } from './roles-postgres.js';

let base: BaseEssai;
beforeAll(async () => {
  base = await creerBaseEssai();
});
afterAll(() => base.supprimer());

test('les adresses portent le rôle, la base et un mot de passe encodé', () => {
  const urls = urlsDeLaBase({
    urlAdmin: 'postgres://maitre:x@exemple.fr:6432/postgres?sslmode=require',
    base: 'sillage',
    motsDePasse: { proprietaire: 'a/b', app: 'c@d', jobs: 'g', statistiques: 'h', file: 'e f' },
  });
  expect(urls).toEqual({
    urlAdmin: 'postgres://maitre:x@exemple.fr:6432/sillage?sslmode=require',
    urlProprietaire: 'postgres://sillage_proprietaire:a%2Fb@exemple.fr:6432/sillage?sslmode=require',
    urlApp: 'postgres://sillage_app:c%40d@exemple.fr:6432/sillage?sslmode=require',
    urlJobs: 'postgres://sillage_jobs:g@exemple.fr:6432/sillage?sslmode=require',
    urlStatistiques: 'postgres://sillage_statistiques:h@exemple.fr:6432/sillage?sslmode=require',
    urlFile: 'postgres://sillage_file:e%20f@exemple.fr:6432/sillage?sslmode=require',
  });
});

test('la base appartient au propriétaire, la file à elle-même, et btree_gist est là', async () => {
  const { rows } = await avecClient(base.urlApp, (client) =>
    client.query(`select (select rolname from pg_roles where oid = d.datdba) as base,
        (select nspowner::regrole::text from pg_namespace where nspname = 'sillage') as sillage,
        (select nspowner::regrole::text from pg_namespace where nspname = 'referentiel') as referentiel,
        (select nspowner::regrole::text from pg_namespace where nspname = 'file') as file,
        (select extname from pg_extension where extname = 'btree_gist') as extension,
        pg_encoding_to_char(d.encoding) as encodage, current_setting('timezone') as fuseau
      from pg_database d where datname = current_database()`),
  );
  expect(rows[0]).toEqual({
    base: 'sillage_proprietaire',
    sillage: 'sillage_proprietaire',
    referentiel: 'sillage_proprietaire',
    file: 'sillage_file',
    extension: 'btree_gist',
    encodage: 'UTF8',
    fuseau: 'UTC',
  });
});

test('la file peut installer BullMQ dans son schéma, et nulle part où l’application lit', async () => {
  await avecClient(base.urlFile, async (file) => {
    await file.query('create schema if not exists file');
    await file.query('create table file.job (id text primary key)');
    await expect(file.query('create table sillage.job (id text)')).rejects.toMatchObject({ code: '42501' });
  });
  await avecClient(base.urlApp, async (app) => {
    await expect(app.query('select * from file.job')).rejects.toMatchObject({ code: '42501' });
    await expect(app.query('create schema ailleurs')).rejects.toMatchObject({ code: '42501' });
    await expect(app.query('create temporary table t ()')).rejects.toMatchObject({ code: '42501' });
  });
});

test('les jobs et les statistiques comptent les jeunes, et ne lisent aucun nom', async () => {
  for (const url of [base.urlJobs, base.urlStatistiques]) {
    await avecClient(url, async (client) => {
      await client.query(`select set_config('sillage.departement', '62', false)`);
      await client.query('select count(*) from sillage.jeune j join sillage.accompagnement a on a.jeune_id = j.id');
      await expect(client.query('select nom from sillage.identite')).rejects.toMatchObject({ code: '42501' });
      await expect(client.query('select * from file.job')).rejects.toMatchObject({ code: '42501' });
    });
  }
  await avecClient(base.urlStatistiques, async (client) => {
    await expect(client.query('update sillage.jeune set id = id')).rejects.toMatchObject({ code: '42501' });
    for (const table of ['journal', 'cle_departement', 'utilisateur', 'outbox', 'jeune_consulte']) {
      await expect(client.query(`select from sillage.${table}`)).rejects.toMatchObject({ code: '42501' });
    }
  });
});

describe('l’administrateur d’un PostgreSQL managé, qui n’est pas SUPERUSER', () => {
  let dossier: string;
  let serveur: PostgresEmbarque;
  let urlAdmin: string;

  // Roles belong to a whole cluster, which other specs use at this moment: these are made in another one.
  beforeAll(async () => {
    dossier = mkdtempSync(join(tmpdir(), 'sillage-roles-'));
    serveur = await demarrerPostgres({ dossier, port: 56_420, journal: () => undefined, essais: true });
    await avecClient(serveur.url, (client) =>
      client.query(`create role gerant login createdb createrole password 'gerant'`),
    );
    const url = new URL(serveur.url);
    url.username = 'gerant';
    url.password = 'gerant';
    urlAdmin = url.href;
  });
  afterAll(async () => {
    await serveur.arreter();
    await effacerPostgres({ dossier, journal: () => undefined });
    rmSync(dossier, { recursive: true, force: true });
  });

  test.each([
    ['une base neuve', 'neuve'],
    ['une base qu’il a déjà', 'ancienne'],
  ])('prépare %s, et recommence sans dommage', async (_nom, nom) => {
    const options = { urlAdmin, base: nom, motsDePasse: serveur.motsDePasse };
    if (nom === 'ancienne') await avecClient(urlAdmin, (client) => client.query(`create database ${nom}`));
    await preparerBase(options);
    const urls = await preparerBase(options);
    const plugins = [{ schema: 'plugin_vide', migrations: [] }];
    await migrer({ urlProprietaire: urls.urlProprietaire, plugins, journal: () => undefined });
    expect(await avecClient(urls.urlApp, verifierCatalogue)).toEqual([]);
  });
});

test('une base clonée a les droits de son modèle', async () => {
  const nom = `clone_${randomBytes(4).toString('hex')}`;
  const url = new URL(base.urlAdmin);
  const options = {
    urlAdmin: url.href,
    base: nom,
    modele: 'modele',
    motsDePasse: {
      proprietaire: new URL(base.urlProprietaire).password,
      app: new URL(base.urlApp).password,
      jobs: new URL(base.urlJobs).password,
      statistiques: new URL(base.urlStatistiques).password,
      file: new URL(base.urlFile).password,
    },
  };
  const urls = await clonerBase(options);
  const droits = await avecClient(urls.urlApp, (client) =>
    client.query(`select has_database_privilege(current_database(), 'TEMP') as temp,
      has_database_privilege('sillage_file', current_database(), 'CREATE') as file`),
  );
  expect(droits.rows).toEqual([{ temp: false, file: true }]);
  await avecClient(url.href, (client) => client.query(`drop database ${nom} with (force)`));
});
