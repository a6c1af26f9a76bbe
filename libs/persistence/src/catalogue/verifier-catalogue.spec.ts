import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { avecClient, type BaseEssai, creerBaseEssai } from '../../../../test/support/index.js';
import { baseACasser } from '../../test/ecarts.js';
import { tableLocataire } from '../rls.js';
import { verifierCatalogue } from './verifier-catalogue.js';

let base: BaseEssai;
const ecartsApres = baseACasser();

beforeAll(async () => {
  base = await creerBaseEssai();
});
afterAll(() => base.supprimer());

/** The smallest table that respects everything, in a plugin's schema. */
const TABLE_SAINE = `
  create schema plugin_essai;
  grant usage on schema plugin_essai to sillage_app;
  create table plugin_essai.note (departement_id text not null, id uuid not null, primary key (departement_id, id));
  alter table plugin_essai.note enable row level security;
  alter table plugin_essai.note force row level security;
  create policy isolation on plugin_essai.note for all
    using (departement_id = (select nullif(current_setting('sillage.departement', true), '')))
    with check (departement_id = (select nullif(current_setting('sillage.departement', true), '')));
  grant select, insert, update on plugin_essai.note to sillage_app;`;

describe('une base saine', () => {
  test.each(['urlAdmin', 'urlProprietaire', 'urlApp', 'urlFile'] as const)(
    'ne montre aucun écart à %s',
    async (role) => {
      expect(await avecClient(base[role], verifierCatalogue)).toEqual([]);
    },
  );

  test('le reste avec la table d’un plugin', async () => {
    expect(await ecartsApres(TABLE_SAINE)).toEqual([]);
  });

  test('le reste avec une table mise sous son département par tableLocataire', async () => {
    const sql: string[] = [];
    await tableLocataire({ query: async (texte) => sql.push(texte) }, 'plugin_essai', 'note', ['select', 'delete']);
    const creation = TABLE_SAINE.split('alter table')[0];
    expect(await ecartsApres(`${creation}; ${sql.join(';')}`)).toEqual([]);
  });

  test('le reste avec une clé étrangère vers le référentiel, une vue security_invoker et une table de la file', async () => {
    const ecarts = await ecartsApres(`
      alter table sillage.structure add foreign key (commune_code) references referentiel.commune (code);
      create view sillage.appels with (security_invoker = true) as select * from sillage.appel;
      grant select on sillage.appels to sillage_app;
      reset role; set local role sillage_file;
      create table file.job (id text primary key);`);
    expect(ecarts).toEqual([]);
  });
});
