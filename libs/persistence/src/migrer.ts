import { Client, escapeIdentifier } from 'pg';
import { DataSource, type Logger, type MigrationInterface } from 'typeorm';
import { migrationsSocle } from './migrations/index.js';
import { ROLE_APP, ROLE_JOBS, ROLE_STATISTIQUES } from './roles-postgres.js';

export type ClasseMigration = new () => MigrationInterface;

/** A plugin's tables: its own schema, `plugin_<code>`, and its own list of migrations. */
export interface MigrationsPlugin {
  readonly schema: string;
  readonly migrations: readonly ClasseMigration[];
}

export interface OptionsMigration {
  /** Address of `sillage_proprietaire`. */
  readonly urlProprietaire: string;
  readonly plugins: readonly MigrationsPlugin[];
  /** Receives one French line a step. */
  readonly journal: (ligne: string) => void;
}

/** Table of each schema where TypeORM notes what has run; the application has no right on it. */
export const TABLE_MIGRATIONS = '_migrations';

/** Spells "SILL". One migrator at a time, whatever the number of replicas that start together. */
const VERROU = 0x53494c4c;

/**
 * Brings the database up to date: the core first, then each plugin in its own schema, each migration in its own transaction.
 * Safe to run again, and by several processes at once: the others wait.
 * @throws Error when two plugins claim one schema, when a schema's name is not `plugin_...`, or when a migration fails:
 *   that one is undone, those before it stay.
 */
export async function migrer({ urlProprietaire, plugins, journal }: OptionsMigration): Promise<void> {
  verifierSchemas(plugins);
  const verrou = new Client({ connectionString: urlProprietaire, application_name: 'sillage-migrations' });
  await verrou.connect();
  try {
    await prendre(verrou, journal);
    await migrerSchema(urlProprietaire, 'sillage', migrationsSocle, journal);
    for (const { schema, migrations } of plugins) {
      await verrou.query(`create schema if not exists ${escapeIdentifier(schema)}`);
      const servis = [ROLE_APP, ROLE_JOBS, ROLE_STATISTIQUES].join(', ');
      await verrou.query(`grant usage on schema ${escapeIdentifier(schema)} to ${servis}`);
      await migrerSchema(urlProprietaire, schema, migrations, journal);
    }
  } finally {
    // The advisory lock belongs to the session: it falls with it.
    await verrou.end();
  }
}

function verifierSchemas(plugins: readonly MigrationsPlugin[]): void {
  const vus = new Set<string>();
  for (const { schema } of plugins) {
    if (!/^plugin_[a-z0-9_]+$/.test(schema)) {
      throw new Error(`Schéma de plugin « ${schema} » : son nom doit être plugin_ suivi du code, en minuscules.`);
    }
    if (vus.has(schema)) throw new Error(`Deux plugins réclament le schéma « ${schema} ».`);
    vus.add(schema);
  }
}

async function prendre(client: Client, journal: (ligne: string) => void): Promise<void> {
  const { rows } = await client.query<{ pris: boolean }>('select pg_try_advisory_lock($1) as pris', [VERROU]);
  if (rows[0]?.pris === true) return;
  journal('une autre migration est en cours : attente de sa fin');
  await client.query('select pg_advisory_lock($1)', [VERROU]);
}

async function migrerSchema(
  url: string,
  schema: string,
  migrations: readonly ClasseMigration[],
  journal: (ligne: string) => void,
): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url,
    schema,
    migrations: [...migrations],
    migrationsTableName: TABLE_MIGRATIONS,
    migrationsTransactionMode: 'each',
    installExtensions: false,
    logger: MUET,
    poolSize: 1,
    // An unqualified name in a plugin's migration is the plugin's.
    extra: { options: `-c search_path=${schema},public` },
  });
  await source.initialize();
  try {
    const faites = await source.runMigrations();
    journal(
      faites.length === 0
        ? `schéma ${schema} : à jour`
        : `schéma ${schema} : ${faites.length} migration(s) appliquée(s), jusqu’à ${faites.at(-1)?.name}`,
    );
  } catch (cause) {
    throw new Error(`La migration du schéma ${schema} a échoué : ${(cause as Error).message}`, { cause });
  } finally {
    await source.destroy();
  }
}

const rien = (): void => undefined;

/** TypeORM would write to the console, in English; what matters is in `journal` and in the error. */
const MUET: Logger = {
  logQuery: rien,
  logQueryError: rien,
  logQuerySlow: rien,
  logSchemaBuild: rien,
  logMigration: rien,
  log: rien,
};
