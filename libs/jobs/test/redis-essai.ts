import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { Redis } from 'ioredis';

/** A real Redis (or Valkey) found in the PATH; null when there is none, and the tests that need it are skipped, and counted so. */
export const BINAIRE_REDIS = chercher('redis-server') ?? chercher('valkey-server');

export interface RedisEssai {
  url: string;
  /** Kills the server and starts it again, empty, on the same port. */
  relancer(): Promise<void>;
  eteindre(): Promise<void>;
  allumer(): Promise<void>;
  arreter(): Promise<void>;
}

export async function demarrerRedis(): Promise<RedisEssai> {
  const port = await portLibre();
  let eteindre = await lancer(port);
  return {
    url: `redis://127.0.0.1:${port}`,
    eteindre: () => eteindre(),
    allumer: async () => {
      eteindre = await lancer(port);
    },
    relancer: async () => {
      await eteindre();
      eteindre = await lancer(port);
    },
    arreter: () => eteindre(),
  };
}

/** The shell dies with our pipe, and kills the server before: even a killed test leaves none behind. */
const GARDE = '"$@" & serveur=$!; cat > /dev/null; kill -9 $serveur; wait $serveur';

async function lancer(port: number): Promise<() => Promise<void>> {
  if (BINAIRE_REDIS === null) throw new Error('Aucun redis-server dans le PATH.');
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', '/tmp'];
  const garde = spawn('sh', ['-c', GARDE, 'sh', BINAIRE_REDIS, ...options], { stdio: ['pipe', 'ignore', 'ignore'] });
  const fin = new Promise<void>((resoudre) => garde.once('exit', () => resoudre()));
  await repond(port);
  return async () => {
    garde.stdin.end();
    await fin;
  };
}

async function repond(port: number): Promise<void> {
  const client = new Redis({ host: '127.0.0.1', port, retryStrategy: () => 20, maxRetriesPerRequest: 500 });
  client.on('error', () => undefined);
  await client.ping();
  await client.quit();
}

function portLibre(): Promise<number> {
  return new Promise((resoudre, rejeter) => {
    const serveur = createServer();
    serveur.once('error', rejeter);
    serveur.listen(0, '127.0.0.1', () => {
      const adresse = serveur.address();
      serveur.close(() => resoudre(typeof adresse === 'object' && adresse ? adresse.port : 0));
    });
  });
}

function chercher(nom: string): string | null {
  for (const dossier of (process.env['PATH'] ?? '').split(delimiter)) {
    const chemin = join(dossier, nom);
    try {
      accessSync(chemin, constants.X_OK);
      return chemin;
    } catch {
      continue;
    }
  }
  return null;
}

/** One connection, for the time of `travail`. */
export async function surRedis(
  redis: Pick<RedisEssai, 'url'>,
  travail: (client: Redis) => Promise<unknown>,
): Promise<void> {
  const client = new Redis(redis.url);
  await travail(client);
  await client.quit();
}
