import { afterAll, beforeAll } from '@jest/globals';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidV7 } from 'uuid';
import { type BaseEssai, creerBaseEssai } from '../../../test/support/index.js';
import { creerDataSource } from '../src/source-de-donnees.js';
import { UniteDeTravail } from '../src/unite-de-travail.js';

export interface Atelier {
  readonly base: BaseEssai;
  readonly dataSource: DataSource;
  readonly unite: UniteDeTravail;
}

/** Gives a spec file its database with the tenants 62 and 99, and the application's access to it by a small pool. */
export function atelier(connexions = 2): Atelier {
  let tout: Atelier;
  beforeAll(async () => {
    const base = await creerBaseEssai({ departements: ['62', '99'] });
    const dataSource = await creerDataSource({ url: base.urlApp, connexions, entites: [] }).initialize();
    tout = { base, dataSource, unite: new UniteDeTravail(dataSource) };
  });
  afterAll(async () => {
    await tout.dataSource.destroy();
    await tout.base.supprimer();
  });
  return {
    get base() {
      return tout.base;
    },
    get dataSource() {
      return tout.dataSource;
    },
    get unite() {
      return tout.unite;
    },
  };
}

/** Writes a territoire of `departementId`, whatever the context, and gives its id. */
export async function ecrireTerritoire(em: EntityManager, departementId: string, code: string): Promise<string> {
  const id = uuidV7();
  await em.query('insert into sillage.territoire (departement_id, id, code, libelle) values ($1, $2, $3, $3)', [
    departementId,
    id,
    code,
  ]);
  return id;
}

export async function codesVisibles(em: Pick<EntityManager, 'query'>): Promise<string[]> {
  const lignes = await em.query<{ code: string }[]>('select code from sillage.territoire order by code');
  return lignes.map(({ code }) => code);
}
