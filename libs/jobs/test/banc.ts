import { Client } from 'pg';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { creerDataSource, Outbox, tableLocataire, UniteDeTravail } from '@sillage/persistence';
import { creerBaseEssai } from '../../../test/support/index.js';
import { definirJob } from '../src/definition.js';
import { fabriquerFiles } from '../src/files.js';
import type { ConfigurationFile, Files } from '../src/files.js';
import type { IssueJob } from '../src/observateur.js';
import { Ouvriers } from '../src/ouvriers.js';
import { REGLAGES_PAR_DEFAUT } from '../src/reglages.js';
import type { ReglagesJobs } from '../src/reglages.js';
import { RegistreJobs } from '../src/registre.js';
import { Repartiteur } from '../src/repartiteur.js';
import { TraitementJob } from '../src/traitement.js';
import { demarrerRedis } from './redis-essai.js';
import type { RedisEssai } from './redis-essai.js';

/** A job whose effect can be counted: it writes two lines, with no constraint that would hide a double. */
export const effetDouble = definirJob({
  nom: 'essai.effet',
  file: 'essais',
  charge: z.strictObject({ objetId: z.string() }),
});

export const DEPARTEMENTS = ['62', '80'];

/** Everything quick, so that a test sees in a second what takes minutes in service. */
export const REGLAGES_ESSAI: Partial<ReglagesJobs> = {
  sondageMs: 100,
  republicationMs: 300,
  delaiTentativeMs: 50,
  tentativesMax: 3,
  verrouMs: 1_000,
  calageMs: 500,
};

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
  /** Opens what one process of the house opens; nothing runs yet. */
  ouvrirPoste(options?: OptionsPoste): Promise<Poste>;
  fermer(): Promise<void>;
}

export interface OptionsPoste {
  reglages?: Partial<ReglagesJobs>;
  declarer?: (registre: RegistreJobs) => void;
  /** Stands between the dispatcher and the real queues. */
  files?: (reelles: Files) => Files;
}

/** One process: a dispatcher, workers, and what they told. */
export interface Poste {
  unite: UniteDeTravail;
  outbox: Outbox;
  registre: RegistreJobs;
  files: Files;
  repartiteur: Repartiteur;
  ouvriers: Ouvriers;
  issues: IssueJob[];
  lignes: string[];
  demarrer(): Promise<void>;
  fermer(): Promise<void>;
}

export async function ouvrirBanc(backend: ConfigurationFile['backend']): Promise<Banc> {
  const base = await creerBaseEssai({ departements: DEPARTEMENTS });
  const admin = new Client({ connectionString: base.urlAdmin });
  await admin.connect();
  await admin.query('create table sillage.effet_essai (departement_id text not null, job uuid not null, objet text)');
  await tableLocataire(admin, 'sillage', 'effet_essai');
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
    ouvrirPoste: (options) => ouvrirPoste(base.urlApp, file, options),
    fermer: async () => {
      await redis?.arreter();
      await admin.end();
      await base.supprimer();
    },
  };
}

async function ouvrirPoste(urlApp: string, file: ConfigurationFile, options: OptionsPoste = {}): Promise<Poste> {
  const reglages = { ...REGLAGES_PAR_DEFAUT, ...REGLAGES_ESSAI, ...options.reglages };
  const lignes: string[] = [];
  const noter = (texte: string): void => void lignes.push(texte);
  const journal = { log: noter, warn: noter, error: noter };
  const issues: IssueJob[] = [];
  const observateur = { publie: () => undefined, traite: ({ issue }: { issue: IssueJob }) => void issues.push(issue) };

  const dataSource = await creerDataSource({ url: urlApp, connexions: 8, entites: [] }).initialize();
  const unite = new UniteDeTravail(dataSource);
  const registre = new RegistreJobs();
  (options.declarer ?? declarerEffet)(registre);
  const reelles = fabriquerFiles(file, reglages, journal);
  const files = options.files?.(reelles) ?? reelles;
  const repartiteur = new Repartiteur(dataSource, unite, registre, files, reglages, observateur, journal);
  const traitement = new TraitementJob(unite, registre, reglages, observateur, journal);
  const ouvriers = new Ouvriers(registre, traitement, reelles);
  return {
    unite,
    outbox: new Outbox(),
    registre,
    files,
    repartiteur,
    ouvriers,
    issues,
    lignes,
    demarrer: async () => {
      await ouvriers.demarrer();
      await repartiteur.demarrer();
    },
    fermer: async () => {
      await repartiteur.arreter();
      await ouvriers.arreter();
      await dataSource.destroy();
    },
  };
}

/** The executor of {@link effetDouble}. */
export function declarerEffet(registre: RegistreJobs): void {
  registre.declarer(
    effetDouble,
    async (em, { objetId }, { departementId, jobId }) => {
      for (const moitie of ['a', 'b']) {
        await em.query('insert into sillage.effet_essai values ($1, $2, $3)', [
          departementId,
          jobId,
          `${objetId}-${moitie}`,
        ]);
      }
    },
    'essai',
  );
}

async function surRedis(redis: RedisEssai, travail: (client: Redis) => Promise<unknown>): Promise<void> {
  const client = new Redis(redis.url);
  await travail(client);
  client.disconnect();
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
