import type { ClientBase } from 'pg';
import type { DataSource } from 'typeorm';
import { ROLE_APP, type ROLE_JOBS } from '../roles-postgres.js';
import { verifierCatalogue } from './verifier-catalogue.js';

/** Requests are served under one, jobs under the other. */
export type RoleServant = typeof ROLE_APP | typeof ROLE_JOBS;

/** The database does not keep tenants apart: nothing may start on it. `lignes` holds one French line a fault. */
export class BaseDangereuse extends Error {
  override readonly name = 'BaseDangereuse';

  constructor(readonly lignes: readonly string[]) {
    super(`La base de données ne sépare pas les départements, Sillage ne démarre pas :\n${lignes.join('\n')}`);
  }
}

/**
 * To be called at boot, on the application's own data source.
 * @throws BaseDangereuse when the catalogue departs from the invariants, or when the connection is not made as `role`.
 */
export async function refuserSiDangereux(dataSource: DataSource, role: RoleServant = ROLE_APP): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    const client = (await runner.connect()) as ClientBase;
    const lignes = [...(await verifierConnexion(client, role)), ...(await verifierCatalogue(client))];
    if (lignes.length > 0) throw new BaseDangereuse(lignes);
  } finally {
    await runner.release();
  }
}

async function verifierConnexion(client: ClientBase, attendu: RoleServant): Promise<string[]> {
  const { rows } = await client.query<{ role: string }>(
    `select distinct role from unnest(array[session_user::text, current_user::text]) role where role <> $1`,
    [attendu],
  );
  return rows.map(
    ({ role }) => `DATABASE_URL se connecte sous le rôle ${role} : ce processus ne tourne que sous ${attendu}.`,
  );
}
