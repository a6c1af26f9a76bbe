import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { lireInstant } from '@sillage/kernel';
import { creerDataSource, UniteDeTravail } from '@sillage/persistence';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { avecClient, type BaseEssai, creerBaseEssai } from '../../../test/support/index.js';
import { definirJob } from './definition.js';
import { JobsQuotidiens } from './quotidiens.js';
import { RegistreJobs } from './registre.js';

const nuit = definirJob({
  nom: 'essai.nuit',
  file: 'essais',
  charge: z.strictObject({}),
});

describe('JobsQuotidiens', () => {
  let base: BaseEssai;
  let source: DataSource;
  const processus = (): JobsQuotidiens => {
    const registre = new RegistreJobs();
    registre.declarerQuotidien(nuit, 2, async () => undefined, 'essai');
    return new JobsQuotidiens(new UniteDeTravail(source), registre);
  };
  const a = (instant: string) => lireInstant(instant);
  const lignes = (): Promise<string[]> =>
    avecClient(base.urlAdmin, async (client) => {
      const { rows } = await client.query<{ ligne: string }>(
        `select concat_ws(' ', departement_id, file, nom, charge) as ligne from sillage.outbox order by 1`,
      );
      return rows.map(({ ligne }) => ligne);
    });
  const ids = (): Promise<string[]> =>
    avecClient(base.urlAdmin, async (client) => {
      const { rows } = await client.query<{ id: string }>('select id from sillage.outbox');
      return rows.map(({ id }) => id);
    });
  const LIGNE = '62 essais essai.nuit {}';

  beforeAll(async () => {
    base = await creerBaseEssai({ departements: ['62', '80'] });
    source = await creerDataSource({ url: base.urlApp, connexions: 4, entites: [] }).initialize();
  });
  beforeEach(() => avecClient(base.urlAdmin, (client) => client.query('truncate sillage.outbox')));
  afterAll(async () => {
    await source.destroy();
    await base.supprimer();
  });

  it('attend l’heure de Paris, été comme hiver', async () => {
    await processus().publier('62', a('2026-01-10T00:59:59Z'));
    await processus().publier('62', a('2026-07-09T23:59:59Z'));
    expect(await lignes()).toEqual([]);
    await processus().publier('62', a('2026-01-10T01:00:00Z'));
    await processus().publier('62', a('2026-07-10T00:00:00Z'));
    expect(await lignes()).toEqual([LIGNE, LIGNE]);
  });

  it('demande une fois par jour et par département, quels que soient les processus', async () => {
    const tous = Array.from({ length: 6 }, processus);
    for (const heure of ['03:00', '03:00', '17:00']) {
      await Promise.all(tous.map((un) => un.publier('62', a(`2026-01-10T${heure}:00Z`))));
    }
    await processus().publier('62', a('2026-01-10T22:00:00Z'));
    expect(await lignes()).toEqual([LIGNE]);
    await Promise.all(tous.map((un) => un.publier('62', a('2026-01-11T09:00:00Z'))));
    await tous[0]!.publier('80', a('2026-01-11T09:00:00Z'));
    // Messages of a queue are told apart by the id alone.
    expect(new Set(await ids()).size).toBe(3);
    expect(await lignes()).toEqual([LIGNE, LIGNE, '80 essais essai.nuit {}']);
  });
});
