import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dispositifs } from '@sillage/dispositifs';
import {
  demarrerPostgres,
  migrer,
  type PostgresEmbarque,
  preparerBase,
  type UrlsBase,
  urlsDeLaBase,
} from '@sillage/persistence';
import { escapeIdentifier, escapeLiteral } from 'pg';
import { avecClient } from '../support/base-essai.js';
import { remplir } from './jeu-de-donnees.js';

export interface BaseDeMesure extends UrlsBase {
  /** Of PostgreSQL's first process, parent of the others. */
  pidPostgres(): Promise<number>;
  arreter(): Promise<void>;
  /** Another data set of the same PostgreSQL. */
  autre(taille: number): Promise<BaseDeMesure>;
}

const RACINE = join(import.meta.dirname, '../..');
const DOSSIER = join(RACINE, '.sillage/perf');
/** Away from those of `npm start` and of the tests. */
const PORT = 57_320;

/**
 * The same for every server. One core runs PostgreSQL and the load: parallel plans would only compete with themselves, and
 * a vacuum in the middle would fall on whoever is being measured.
 */
const REGLAGES: Readonly<Record<string, string>> = {
  shared_buffers: '1GB',
  effective_cache_size: '4GB',
  work_mem: '16MB',
  maintenance_work_mem: '512MB',
  random_page_cost: '1.1',
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  autovacuum: 'off',
  track_io_timing: 'off',
};

/** PostgreSQL with the data set of that size, made at the first use and kept in `.sillage/perf`; delete that folder to begin afresh. */
export async function ouvrirBase(
  taille: number,
  journal: (ligne: string) => void,
  url?: string,
): Promise<BaseDeMesure> {
  const postgres = url === undefined ? await demarrerRegle(journal) : postgresDonne(url);
  const ouvrir = async (combien: number): Promise<BaseDeMesure> => ({
    ...(await preparerJeu(postgres, combien, journal)),
    autre: ouvrir,
    pidPostgres: () => pidPostgres(postgres.url),
    arreter: postgres.arreter,
  });
  try {
    return await ouvrir(taille);
  } catch (erreur) {
    await postgres.arreter();
    throw erreur;
  }
}

type PostgresDeMesure = Pick<PostgresEmbarque, 'url' | 'motsDePasse' | 'arreter'>;

/** Somebody's own: its settings are theirs, and it goes on afterwards. */
function postgresDonne(url: string): PostgresDeMesure {
  const motsDePasse = {
    proprietaire: 'perf-proprietaire',
    app: 'perf-app',
    jobs: 'perf-jobs',
    statistiques: 'perf-stat',
    file: 'perf-file',
  };
  return { url, motsDePasse, arreter: async () => undefined };
}

async function preparerJeu(
  { url: urlAdmin, motsDePasse }: PostgresDeMesure,
  taille: number,
  journal: (ligne: string) => void,
): Promise<UrlsBase> {
  const base = `perf_${taille}`;
  const options = { urlAdmin, base, motsDePasse };
  const empreinte = empreinteDuJeu();
  if ((await commentaire(urlAdmin, base)) !== empreinte) {
    await avecClient(urlAdmin, (c) => c.query(`drop database if exists ${escapeIdentifier(base)} with (force)`));
    const urls = await preparerBase(options);
    await migrer({ urlProprietaire: urls.urlProprietaire, plugins: migrationsDesPlugins(), journal });
    await remplir(urls, taille, journal);
    await avecClient(urlAdmin, (c) =>
      c.query(`comment on database ${escapeIdentifier(base)} is ${escapeLiteral(empreinte)}`),
    );
  }
  return urlsDeLaBase(options);
}

/** Some settings are read at start only: once they have changed, PostgreSQL starts again. */
async function demarrerRegle(journal: (ligne: string) => void): Promise<PostgresEmbarque> {
  const options = { dossier: DOSSIER, port: PORT, essais: true };
  const postgres = await demarrerPostgres({ ...options, journal });
  const changes = await avecClient(postgres.url, async (client) => {
    let nombre = 0;
    for (const [nom, valeur] of Object.entries(REGLAGES)) {
      const { rows } = await client.query<{ actuel: string }>('select current_setting($1) as actuel', [nom]);
      if (rows[0]?.actuel === valeur) continue;
      await client.query(`alter system set ${nom} = ${escapeLiteral(valeur)}`);
      nombre += 1;
    }
    return nombre;
  }).catch(async (erreur: unknown) => {
    await postgres.arreter();
    throw erreur;
  });
  if (changes === 0) return postgres;
  await postgres.arreter();
  return demarrerPostgres({ ...options, journal });
}

/** A data set belongs to the migrations and to the statements that made it: when one changes, it is made again. */
function empreinteDuJeu(): string {
  const sources = globSync(
    [
      'test/perf/jeu/*.sql',
      'test/perf/jeu-de-donnees.ts',
      'libs/persistence/src/rls.ts',
      'libs/persistence/src/migrations/*.ts',
      'plugins/*/src/migrations/**/*.ts',
    ],
    { cwd: RACINE },
  ).sort();
  const somme = createHash('sha256');
  for (const source of sources) somme.update(source).update(readFileSync(join(RACINE, source)));
  return `jeu ${somme.digest('hex').slice(0, 16)}`;
}

async function commentaire(urlAdmin: string, base: string): Promise<string | null> {
  const { rows } = await avecClient(urlAdmin, (client) =>
    client.query<{ texte: string | null }>(
      `select shobj_description(oid, 'pg_database') as texte from pg_database where datname = $1`,
      [base],
    ),
  );
  return rows[0]?.texte ?? null;
}

function migrationsDesPlugins(): { schema: string; migrations: never[] }[] {
  return dispositifs.flatMap(({ schema, migrations }) =>
    migrations === undefined ? [] : [{ schema, migrations: [...migrations] as never[] }],
  );
}

async function pidPostgres(urlAdmin: string): Promise<number> {
  const { rows } = await avecClient(urlAdmin, (client) =>
    client.query<{ pid: string }>(`select split_part(pg_read_file('postmaster.pid'), e'\\n', 1) as pid`),
  );
  return Number(rows[0]?.pid);
}
