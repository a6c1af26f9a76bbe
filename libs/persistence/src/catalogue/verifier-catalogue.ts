import type { ClientBase, QueryResult } from 'pg';
import type { Controle } from './controle.js';
import { controlesDroits, controlesObjets } from './controles-objets.js';
import { controlesRoles } from './controles-roles.js';
import { controlesCles, controlesSecuriteParLigne } from './controles-tables.js';

const CONTROLES: readonly Controle[] = [
  ...controlesRoles,
  ...controlesCles,
  ...controlesSecuriteParLigne,
  ...controlesObjets,
  ...controlesDroits,
];

/**
 * Reads PostgreSQL's catalogue and lists every departure from the invariants of tenancy, one French line a fault, in a stable order.
 * An empty list means that the database keeps tenants apart whatever the application does. Any role may run it.
 * @param client a connection with no transaction open.
 */
export async function verifierCatalogue(client: ClientBase): Promise<string[]> {
  await client.query('begin read only');
  try {
    return await listerEcarts(client);
  } finally {
    await client.query('rollback');
  }
}

/** The same inside a transaction already open, whose own changes it sees. */
export async function listerEcarts(client: ClientBase): Promise<string[]> {
  // Names and expressions are printed as this path makes them: nothing can hide behind a homonym.
  await client.query(`select set_config('search_path', 'pg_catalog', true)`);
  // One exchange for all: PostgreSQL answers a text of several statements by as many results.
  const texte = CONTROLES.map(({ sql }) => sql).join(';\n');
  const resultats = (await client.query(texte)) as unknown as readonly QueryResult<{ ligne: string }>[];
  return resultats.flatMap(({ rows }) => rows.map(({ ligne }) => ligne).sort());
}
