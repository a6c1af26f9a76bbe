import { Redis } from 'ioredis';
import type { Client } from 'pg';

/**
 * Every row of every table of the house, its queue and its plugins, as text: bytes too, where what is not sealed can be read.
 * @param admin the superuser
 */
export async function texteParTable(admin: Client): Promise<ReadonlyMap<string, string>> {
  await admin.query(`set bytea_output to 'escape'`);
  const { rows: tables } = await admin.query<{ nom: string }>(
    `select format('%I.%I', schemaname, tablename) as nom from pg_tables
      where schemaname in ('sillage', 'referentiel', 'file') or schemaname like 'plugin_%' order by 1`,
  );
  const textes = new Map<string, string>();
  for (const { nom } of tables) {
    const { rows } = await admin.query<{ ligne: string }>(`select t::text as ligne from ${nom} t`);
    textes.set(nom, rows.map(({ ligne }) => ligne).join('\n'));
  }
  await admin.query('reset bytea_output');
  return textes;
}

/** Every key of a Redis, and all that it holds. */
export async function texteDeRedis(url: string): Promise<string> {
  const redis = new Redis(url);
  try {
    const cles = await redis.keys('*');
    const valeurs = await Promise.all(cles.map((cle) => contenu(redis, cle)));
    return cles.map((cle, rang) => `${cle} ${JSON.stringify(valeurs[rang])}`).join('\n');
  } finally {
    await redis.quit();
  }
}

async function contenu(redis: Redis, cle: string): Promise<unknown> {
  switch (await redis.type(cle)) {
    case 'hash':
      return redis.hgetall(cle);
    case 'list':
      return redis.lrange(cle, 0, -1);
    case 'set':
      return redis.smembers(cle);
    case 'zset':
      return redis.zrange(cle, 0, -1, 'WITHSCORES');
    case 'stream':
      return redis.xrange(cle, '-', '+');
    default:
      return redis.get(cle);
  }
}
