import { escapeIdentifier } from 'pg';

/** What the application's roles may be granted on a tenant table. TRUNCATE is not one of them: it ignores row-level security. */
export type DroitTable = 'select' | 'insert' | 'update' | 'delete';

/** The setting that holds the tenant of the current transaction. */
export const PARAMETRE_DEPARTEMENT = 'sillage.departement';

export interface OptionsTableLocataire {
  /** The table says who somebody is, or how to reach them: only the gateway may read it, neither jobs nor statistics. */
  readonly nominative?: boolean;
}

/**
 * The only policy expression of the house. It is fail-closed: with no context the setting is NULL, and after the end of a
 * transaction that set it, it is ''; both give NULL, so no row. The sub-select makes PostgreSQL evaluate it once a query.
 */
export const EXPRESSION_ISOLATION = `departement_id = (select nullif(current_setting('${PARAMETRE_DEPARTEMENT}', true), ''))`;

/**
 * Puts a table under its tenant: row-level security ENABLEd and FORCEd, the single policy `isolation`, the application's grants.
 * To be called in the migration that creates the table. A table that may only grow is given `['select', 'insert']`. Jobs may do what
 * requests may, except on a nominative table; statistics are granted by the migration that wants them to read.
 */
export async function tableLocataire(
  executeur: { query(sql: string): Promise<unknown> },
  schema: string,
  table: string,
  droits: readonly DroitTable[] = ['select', 'insert', 'update'],
  options: OptionsTableLocataire = {},
): Promise<void> {
  await executeur.query(sqlTableLocataire(schema, table, droits, options));
}

/** The statements of {@link tableLocataire}, for those who run their own SQL. */
export function sqlTableLocataire(
  schema: string,
  table: string,
  droits: readonly DroitTable[],
  { nominative = false }: OptionsTableLocataire = {},
): string {
  const nom = `${escapeIdentifier(schema)}.${escapeIdentifier(table)}`;
  return `
    alter table ${nom} enable row level security;
    alter table ${nom} force row level security;
    create policy isolation on ${nom} for all using (${EXPRESSION_ISOLATION}) with check (${EXPRESSION_ISOLATION});
    grant ${droits.join(', ')} on ${nom} to sillage_app${nominative ? '' : ', sillage_jobs'};`;
}
