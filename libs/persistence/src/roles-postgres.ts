import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import type { MotsDePasse } from './mots-de-passe.js';

/** Owns the schemas and runs the migrations; never used by a running process. */
export const ROLE_PROPRIETAIRE = 'sillage_proprietaire';
/** Gateway: reads and writes under row-level security, owns nothing. */
export const ROLE_APP = 'sillage_app';
/** Worker: what the gateway may do, the names of young people left out (see `tableLocataire`). */
export const ROLE_JOBS = 'sillage_jobs';
/** Statistics: reads what is counted, nobody's name, and writes nothing. For the tools of those who report. */
export const ROLE_STATISTIQUES = 'sillage_statistiques';
/** The queue: owns the schema `file`, sees nothing else. */
export const ROLE_FILE = 'sillage_file';

/** How each role reaches one database. */
export interface UrlsBase {
  readonly urlAdmin: string;
  readonly urlProprietaire: string;
  readonly urlApp: string;
  readonly urlJobs: string;
  readonly urlStatistiques: string;
  readonly urlFile: string;
}

export interface OptionsBase {
  /** Administration connection: superuser, or a managed PostgreSQL's administrator (CREATEROLE and CREATEDB). */
  readonly urlAdmin: string;
  readonly base: string;
  readonly motsDePasse: MotsDePasse;
}

/**
 * Creates what a migration cannot: the roles, the database that `sillage_proprietaire` owns, its schemas, `btree_gist`.
 * A database that exists keeps its owner.
 * Idempotent: run again, it sets the passwords and puts the grants right.
 */
export async function preparerBase(options: OptionsBase): Promise<UrlsBase> {
  const urls = urlsDeLaBase(options);
  await avec(options.urlAdmin, async (admin) => {
    await creerRoles(admin, options.motsDePasse);
    await creerBase(admin, options.base);
  });
  await avec(urls.urlAdmin, (admin) => creerSchemas(admin, options.base));
  return urls;
}

/**
 * Copies a prepared database that nobody is connected to, data included. PostgreSQL copies the schemas' grants with it,
 * not the database's own: they are given again.
 */
export async function clonerBase(options: OptionsBase & { readonly modele: string }): Promise<UrlsBase> {
  const urls = urlsDeLaBase(options);
  const [base, modele] = [escapeIdentifier(options.base), escapeIdentifier(options.modele)];
  await avec(options.urlAdmin, (admin) =>
    admin.query(`create database ${base} owner ${ROLE_PROPRIETAIRE} template ${modele}`),
  );
  await avec(urls.urlAdmin, (admin) => creerSchemas(admin, options.base));
  return urls;
}

/** The addresses of a database, role by role, without touching it. */
export function urlsDeLaBase({ urlAdmin, base, motsDePasse }: OptionsBase): UrlsBase {
  const adresse = (role?: string, motDePasse?: string): string => {
    const url = new URL(urlAdmin);
    url.pathname = `/${encodeURIComponent(base)}`;
    if (role !== undefined) url.username = role;
    if (motDePasse !== undefined) url.password = encodeURIComponent(motDePasse);
    return url.href;
  };
  return {
    urlAdmin: adresse(),
    urlProprietaire: adresse(ROLE_PROPRIETAIRE, motsDePasse.proprietaire),
    urlApp: adresse(ROLE_APP, motsDePasse.app),
    urlJobs: adresse(ROLE_JOBS, motsDePasse.jobs),
    urlStatistiques: adresse(ROLE_STATISTIQUES, motsDePasse.statistiques),
    urlFile: adresse(ROLE_FILE, motsDePasse.file),
  };
}

async function creerRoles(admin: Client, motsDePasse: MotsDePasse): Promise<void> {
  const roles: [string, string][] = [
    [ROLE_PROPRIETAIRE, motsDePasse.proprietaire],
    [ROLE_APP, motsDePasse.app],
    [ROLE_JOBS, motsDePasse.jobs],
    [ROLE_STATISTIQUES, motsDePasse.statistiques],
    [ROLE_FILE, motsDePasse.file],
  ];
  for (const [role, motDePasse] of roles) {
    const existe = await admin.query('select from pg_roles where rolname = $1', [role]);
    if (existe.rowCount === 0) await admin.query(`create role ${role} nologin`);
    await retirerPouvoirs(admin, role);
    await admin.query(`alter role ${role} login password ${escapeLiteral(motDePasse)}`);
    // A day is cut in Europe/Paris by who asks for it, never by the server's habits.
    await admin.query(`alter role ${role} set timezone to 'UTC'`);
  }
  // A transaction forgotten open holds locks, and a context: the server ends it.
  for (const role of [ROLE_APP, ROLE_JOBS, ROLE_STATISTIQUES]) {
    await admin.query(`alter role ${role} set idle_in_transaction_session_timeout to '60s'`);
    await admin.query(`alter role ${role} set statement_timeout to '30s'`);
  }
}

/** Only a superuser may even mention these attributes, so that they are mentioned only where they are wrong. */
async function retirerPouvoirs(admin: Client, role: string): Promise<void> {
  const { rows } = await admin.query<{ pouvoirs: string[] }>(
    `select array_remove(array[
        case when rolsuper then 'nosuperuser' end, case when rolbypassrls then 'nobypassrls' end,
        case when rolcreaterole then 'nocreaterole' end, case when rolcreatedb then 'nocreatedb' end,
        case when rolreplication then 'noreplication' end], null) as pouvoirs
      from pg_roles where rolname = $1`,
    [role],
  );
  const pouvoirs = rows[0]?.pouvoirs ?? [];
  if (pouvoirs.length > 0) await admin.query(`alter role ${role} ${pouvoirs.join(' ')}`);
}

async function creerBase(admin: Client, base: string): Promise<void> {
  // A managed PostgreSQL's administrator is no superuser: it gives objects only to roles that it may become.
  const { rows } = await admin.query<{ simple: boolean }>(
    'select not rolsuper as simple from pg_roles where rolname = current_user',
  );
  if (rows[0]?.simple === true) await admin.query(`grant ${ROLE_PROPRIETAIRE}, ${ROLE_FILE} to current_user`);

  const existe = await admin.query('select from pg_database where datname = $1', [base]);
  if (existe.rowCount === 0) {
    await admin.query(
      `create database ${escapeIdentifier(base)} owner ${ROLE_PROPRIETAIRE} encoding 'UTF8' template template0`,
    );
  }
}

async function creerSchemas(admin: Client, base: string): Promise<void> {
  const nom = escapeIdentifier(base);
  await admin.query(`
    create extension if not exists btree_gist with schema public;
    revoke all on schema public from public;
    grant usage on schema public to ${ROLE_PROPRIETAIRE};
    revoke all on database ${nom} from public;
    grant connect, create on database ${nom} to ${ROLE_PROPRIETAIRE};
    grant connect on database ${nom} to ${ROLE_APP}, ${ROLE_JOBS}, ${ROLE_STATISTIQUES}, ${ROLE_FILE};
    -- BullMQ adds a batch through a temporary table.
    grant temporary on database ${nom} to ${ROLE_FILE};
    create schema if not exists sillage authorization ${ROLE_PROPRIETAIRE};
    create schema if not exists referentiel authorization ${ROLE_PROPRIETAIRE};
    create schema if not exists file authorization ${ROLE_FILE};
    grant usage on schema sillage, referentiel to ${ROLE_APP}, ${ROLE_JOBS}, ${ROLE_STATISTIQUES};
  `);
  // BullMQ begins its migrations with `create schema if not exists`, which asks for this right even when the schema exists.
  await admin.query(`grant create on database ${nom} to ${ROLE_FILE}`);
}

async function avec<T>(url: string, travail: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'sillage-preparation' });
  await client.connect();
  try {
    return await travail(client);
  } finally {
    await client.end();
  }
}
