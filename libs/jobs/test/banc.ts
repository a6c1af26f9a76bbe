import { Client } from 'pg';
import { tableLocataire } from '@sillage/persistence';
import { avecClient, creerBaseEssai } from '../../../test/support/index.js';
import type { ConfigurationFile } from '../src/files.js';
import { ouvrirPoste } from './poste.js';
import type { OptionsPoste, Poste } from './poste.js';
import { demarrerRedis, surRedis } from './redis-essai.js';
import type { RedisEssai } from './redis-essai.js';

export const DEPARTEMENTS = ['62', '80'];

/** A database and a queue server of the given kind, with the table that receives the effects. */
export interface Banc {
  urlApp: string;
  file: ConfigurationFile;
  redis: RedisEssai | null;
  /** Runs SQL as the server's administrator, over row-level security. */
  sql<L extends object>(texte: string, parametres?: unknown[]): Promise<L[]>;
  /** Loses all that the queue holds. */
  perdreLaFile(): Promise<void>;
  /** Drops every connection to the queue. */
  couperLaFile(): Promise<void>;
  ouvrirPoste(options?: OptionsPoste): Promise<Poste>;
  fermer(): Promise<void>;
}

export async function ouvrirBanc(backend: ConfigurationFile['backend']): Promise<Banc> {
  const base = await creerBaseEssai({ departements: DEPARTEMENTS });
  const admin = new Client({ connectionString: base.urlAdmin });
  await admin.connect();
  await avecClient(base.urlProprietaire, async (proprietaire) => {
    // The key is drawn anew for each line: nothing hides an effect made twice.
    await proprietaire.query(`create table sillage.effet_essai (
      departement_id text, id uuid default gen_random_uuid(), job uuid not null, objet text, primary key (departement_id, id))`);
    await tableLocataire(proprietaire, 'sillage', 'effet_essai');
  });
  const redis = backend === 'redis' ? await demarrerRedis() : null;
  const file: ConfigurationFile = redis
    ? { backend: 'redis', url: redis.url }
    : { backend: 'postgres', url: base.urlFile };

  return {
    urlApp: base.urlApp,
    file,
    redis,
    sql: async <L extends object>(texte: string, parametres: unknown[] = []) =>
      (await admin.query<L>(texte, parametres)).rows,
    perdreLaFile: async () => {
      if (!redis) await admin.query('truncate file.job cascade');
      else await surRedis(redis, (client) => client.flushall());
    },
    couperLaFile: async () => {
      if (!redis) {
        await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
          where usename = 'sillage_file' and datname = current_database()`);
      } else await surRedis(redis, (client) => client.client('KILL', 'TYPE', 'normal', 'SKIPME', 'yes'));
    },
    ouvrirPoste: (options) => ouvrirPoste({ urlApp: base.urlApp, file }, options),
    fermer: async () => {
      await redis?.arreter();
      await admin.end();
      await base.supprimer();
    },
  };
}

/** Waits until `condition` holds. @throws Error after `delaiMs`, with what was awaited. */
export async function attendre(
  objet: string,
  condition: () => Promise<boolean> | boolean,
  delaiMs = 15_000,
): Promise<void> {
  const limite = Date.now() + delaiMs;
  while (!(await condition())) {
    if (Date.now() > limite) throw new Error(`Attendu en vain : ${objet}`);
    await new Promise((resoudre) => setTimeout(resoudre, 20));
  }
}
