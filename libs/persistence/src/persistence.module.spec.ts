import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { avecClient, type BaseEssai, creerBaseEssai } from '../../../test/support/index.js';
import { BaseDangereuse, refuserSiDangereux } from './catalogue/refuser-si-dangereux.js';
import { Outbox } from './outbox.js';
import { SillagePersistenceModule } from './persistence.module.js';
import { creerDataSource } from './source-de-donnees.js';
import { UniteDeTravail } from './unite-de-travail.js';

let base: BaseEssai;
beforeAll(async () => {
  base = await creerBaseEssai({ departements: ['62'] });
});
afterAll(() => base.supprimer());

@Injectable()
class Usager {
  constructor(
    readonly unite: UniteDeTravail,
    readonly outbox: Outbox,
    readonly dataSource: DataSource,
  ) {}
}

function application(url: string): new () => object {
  @Module({ imports: [SillagePersistenceModule.forRoot({ url, connexions: 2, entites: [] })], providers: [Usager] })
  class Application {}
  return Application;
}

describe('le module', () => {
  test('donne l’unité de travail à tous, et ferme le pool après la dernière', async () => {
    const app = await NestFactory.createApplicationContext(application(base.urlApp), { logger: false });
    const usager = app.get(Usager);
    expect(usager.outbox).toBeInstanceOf(Outbox);
    const enCours = usager.unite.executer('62', (em) => em.query('select pg_sleep(0.2), 1 as un'));
    await app.close();
    expect(await enCours).toEqual([expect.objectContaining({ un: 1 })]);
    expect(usager.dataSource.isInitialized).toBe(false);
  });

  test('refuse de démarrer sur une connexion de propriétaire', async () => {
    const demarrage = NestFactory.createApplicationContext(application(base.urlProprietaire), {
      logger: false,
      abortOnError: false,
    });
    await expect(demarrage).rejects.toThrow(BaseDangereuse);
  });
});

describe('le refus de démarrer', () => {
  async function ecarts(url: string): Promise<readonly string[]> {
    const dataSource = await creerDataSource({ url, connexions: 1, entites: [] }).initialize();
    try {
      await refuserSiDangereux(dataSource);
      return [];
    } catch (erreur) {
      if (erreur instanceof BaseDangereuse) return erreur.lignes;
      throw erreur;
    } finally {
      await dataSource.destroy();
    }
  }

  test('laisse passer l’application sur une base saine', async () => {
    expect(await ecarts(base.urlApp)).toEqual([]);
  });

  test.each([
    ['urlProprietaire', 'sillage_proprietaire'],
    ['urlAdmin', 'postgres'],
  ] as const)('nomme le rôle de %s', async (cle, role) => {
    expect(await ecarts(base[cle])).toEqual([
      `DATABASE_URL se connecte sous le rôle ${role} : ce processus ne tourne que sous sillage_app.`,
    ]);
  });

  test('donne une ligne par écart', async () => {
    await avecClient(base.urlProprietaire, (client) =>
      client.query(
        'alter table sillage.appel no force row level security; grant truncate on sillage.appel to sillage_app',
      ),
    );
    expect(await ecarts(base.urlApp)).toEqual([
      'sillage.appel : la sécurité par ligne n’est pas imposée au propriétaire (FORCE ROW LEVEL SECURITY).',
      'sillage.appel : sillage_app a le droit TRUNCATE, qui ignore la sécurité par ligne ou change la table.',
    ]);
  });
});
