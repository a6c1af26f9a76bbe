import { type Client, escapeIdentifier } from 'pg';

export type Rangee = Readonly<Record<string, unknown>>;

/** Rows of one table in one statement: those of a call all have the same columns. */
export async function inserer(client: Client, table: string, rangees: readonly Rangee[]): Promise<void> {
  const [premiere] = rangees;
  if (premiere === undefined) return;
  const colonnes = Object.keys(premiere).map(escapeIdentifier).join(', ');
  await client.query(
    `insert into ${table} (${colonnes}) select ${colonnes} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
    [JSON.stringify(rangees)],
  );
}
