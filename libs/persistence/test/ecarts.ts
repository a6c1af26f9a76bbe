import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { type BaseEssai, creerBaseEssai } from '../../../test/support/index.js';
import { listerEcarts } from '../src/catalogue/verifier-catalogue.js';

/** What is broken, by which SQL, and the lines that must come out: these, and no other. */
export type Casse = readonly [nom: string, sql: string, lignes: readonly string[]];

/** Gives a spec file a database, and the faults that the catalogue shows after a change, which is then undone. */
export function baseACasser(): (sql: string) => Promise<string[]> {
  let base: BaseEssai;
  let admin: Client;
  beforeAll(async () => {
    base = await creerBaseEssai();
    admin = new Client({ connectionString: base.urlAdmin });
    await admin.connect();
  });
  afterAll(async () => {
    await admin.end();
    await base.supprimer();
  });
  // The change is the owner's; after `reset role`, the administrator's.
  return async (sql) => {
    await admin.query('begin; set local role sillage_proprietaire');
    try {
      await admin.query(sql);
      await admin.query('reset role');
      return await listerEcarts(admin);
    } finally {
      await admin.query('rollback');
    }
  };
}

export function chaqueEcartASaLigne(casses: readonly Casse[]): void {
  const ecartsApres = baseACasser();
  test.each(casses)('%s', async (_nom, sql, lignes) => {
    expect((await ecartsApres(sql)).sort()).toEqual([...lignes].sort());
  });
}
