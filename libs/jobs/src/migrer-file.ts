import { Client } from 'pg';

/** The schema that belongs to the role `sillage_file`, and where it stays. */
export const SCHEMA_FILE = 'file';

/** Brings BullMQ's tables and functions up to date. One transaction under BullMQ's own advisory lock; nothing when they are. */
export async function migrerFile(url: string): Promise<void> {
  // Whoever imports this package without migrating, the gateway for one, starts without BullMQ.
  const { runMigrations } = await import('bullmq');
  const client = new Client({ connectionString: url, application_name: 'sillage-file-migrations' });
  await client.connect();
  try {
    await runMigrations(client, SCHEMA_FILE);
  } finally {
    await client.end();
  }
}
