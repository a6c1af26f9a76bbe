/**
 * One question to the catalogue: a query whose only column, `ligne`, says in French what departs from an invariant; no row, no fault.
 * Parameters are not used: these queries are constants.
 */
export interface Controle {
  readonly nom: string;
  readonly sql: string;
}

/** Schemas that hold tenant data: the core's, and the plugins'. */
export const EST_SCHEMA_LOCATAIRE = `(n.nspname = 'sillage' or starts_with(n.nspname, 'plugin_'))`;

/** The roles that serve rows of tenants: requests, jobs, statistics. */
export const SERVANTS_DE_LIGNES = `('sillage_app', 'sillage_jobs', 'sillage_statistiques')`;

/** Neither PostgreSQL's own, nor temporary. */
export const EST_SCHEMA_DE_LA_BASE = `(n.nspname <> 'information_schema' and not starts_with(n.nspname, 'pg_'))`;

/** Not brought by an extension, which answers for it. */
export const horsExtension = (catalogue: string, oid: string): string =>
  `not exists (select from pg_depend d where d.classid = '${catalogue}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;

/**
 * Common table expression `t`: every table that must belong to a tenant, with the number of its tenant column. Partitions are tables
 * like others: they can be read directly.
 */
export const TABLES_LOCATAIRES = `t as (
  select c.oid, c.relkind, c.relowner, c.relrowsecurity, c.relforcerowsecurity, n.nspname || '.' || c.relname as nom,
    (select a.attnum from pg_attribute a where a.attrelid = c.oid and a.attname = 'departement_id' and not a.attisdropped) as tenant
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where ${EST_SCHEMA_LOCATAIRE} and c.relkind in ('r', 'p') and c.relname <> '_migrations'
)`;
