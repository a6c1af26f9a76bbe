import type { TablePersonnelle } from '@sillage/dispositif-kit';
import type { Temporal } from '@sillage/kernel';
import type { EntityManager } from 'typeorm';
import { lignesDeLaPersonne } from './donnees-personnelles.js';

/** How many rows of each table were removed or emptied; those left as they were are not told. */
export type BilanEffacement = Readonly<Record<string, number>>;

export interface Effacement {
  readonly departementId: string;
  readonly jeuneId: string;
  readonly le: Temporal.Instant;
}

/**
 * Makes a person anonymous, in the caller's transaction: nothing is left that says who it is, and rows that statistics and the ledger
 * count stay. Done again, it changes nothing more.
 */
export async function effacer(
  em: EntityManager,
  tables: readonly TablePersonnelle[],
  { departementId, jeuneId, le }: Effacement,
): Promise<BilanEffacement> {
  const bilan: Record<string, number> = {};
  for (const table of tables) {
    const sql = enonce(table);
    if (sql === null) continue;
    const [{ nombre }] = await em.query<[{ nombre: number }]>(
      `with faites as (${sql} returning 1) select count(*)::int as nombre from faites`,
      [departementId, jeuneId],
    );
    bilan[table.table] = nombre;
  }
  await em.query(
    `update sillage.jeune set efface_le = coalesce(efface_le, $3), modifie_le = $3 where departement_id = $1 and id = $2`,
    [departementId, jeuneId, le.toString()],
  );
  return bilan;
}

function enonce(table: TablePersonnelle): string | null {
  const { effacement } = table;
  const lignes = lignesDeLaPersonne(table);
  if (effacement === 'CONSERVER') return null;
  if (effacement === 'SUPPRIMER') return `delete from ${table.table} where ${lignes}`;
  const colonnes = Object.entries(effacement.remplacer).map(([colonne, par]) => `${colonne} = ${par}`);
  return `update ${table.table} set ${colonnes.join(', ')} where ${lignes}`;
}
