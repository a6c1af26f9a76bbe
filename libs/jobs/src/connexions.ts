import type { ConnectionOptions, PostgresConnectionOptions } from 'bullmq';
import { Redis } from 'ioredis';
import type { Callback, RedisOptions } from 'ioredis';
import { migrerFile, SCHEMA_FILE } from './migrer-file.js';

/** How BullMQ reaches its server; nothing opens before it is asked for. */
export interface Connexions<C> {
  /** Makes sure that the server is there, with what BullMQ needs in it. @throws Error otherwise. */
  preparer(): Promise<void>;
  publication(): C;
  traitement(): C;
  /** Cuts what is still open, answered or not. */
  couper(): void;
}

export const DELAI_REQUETE_MS = 15_000;
const DELAI_CONNEXION_MS = 5_000;

/**
 * BullMQ makes its own pools from these options, because a ready `pg.Pool` would pin the schema to `bullmq`. Each worker has one more
 * connection, for LISTEN. `search_path` travels in the start-up packet, so that the address must not be a transaction pooler's.
 */
export function connexionsPostgres(url: string, concurrence: number): Connexions<PostgresConnectionOptions> {
  const options = {
    connectionString: url,
    schema: SCHEMA_FILE,
    application_name: 'sillage-file',
    connectionTimeoutMillis: DELAI_CONNEXION_MS,
    query_timeout: DELAI_REQUETE_MS,
    keepAlive: true,
  };
  return {
    preparer: () => migrerFile(url),
    publication: () => ({ ...options, max: 2 }),
    traitement: () => ({ ...options, max: concurrence }),
    couper: () => undefined,
  };
}

/** Two clients of our own, shared by all queues, and the copies that BullMQ makes of the second to block on. */
export function connexionsRedis(url: string): Connexions<ConnectionOptions> {
  const ouverts: ClientRedis[] = [];
  const ouvrir = (options: RedisOptions): ClientRedis => new ClientRedis(url, { ...RAPIDE, ...options }, ouverts);
  let publication: Redis | undefined;
  let traitement: Redis | undefined;
  return {
    // A worker that opens before its server answers could never close.
    preparer: async () => {
      const client = ouvrir({ lazyConnect: true, retryStrategy: () => null });
      try {
        await client.connect();
        await client.ping();
      } finally {
        client.disconnect();
      }
    },
    // Fails at once when the server is away: the outbox waits better than a queue in memory.
    publication: () => (publication ??= ouvrir({ enableOfflineQueue: false, commandTimeout: DELAI_REQUETE_MS })),
    traitement: () => (traitement ??= ouvrir({ maxRetriesPerRequest: null })),
    couper: () => {
      for (const client of ouverts.splice(0)) client.couper();
      publication = undefined;
      traitement = undefined;
    },
  };
}

const RAPIDE: RedisOptions = {
  disconnectTimeout: 200,
  connectTimeout: DELAI_CONNEXION_MS,
  retryStrategy: (essais) => Math.min(100 * essais, 2_000),
};

/** A client that can always be ended: with ioredis alone, BullMQ waits for ever to close while its server is away. */
class ClientRedis extends Redis {
  private coupe = false;

  constructor(
    private readonly adresse: string,
    reglages: RedisOptions,
    private readonly ouverts: ClientRedis[],
  ) {
    super(adresse, reglages);
    ouverts.push(this);
    // Each queue hears the errors and logs them; a client without a listener would write them on the console.
    this.on('error', () => undefined);
  }

  override duplicate(reglages?: Partial<RedisOptions>): Redis {
    return new ClientRedis(this.adresse, { ...this.options, ...reglages }, this.ouverts);
  }

  override disconnect(reconnect = false): void {
    // Between two tries, ioredis would stop trying without ever saying `end`; a client that has not begun says it.
    if (!reconnect && this.status === 'reconnecting') this.status = 'wait';
    super.disconnect(reconnect);
  }

  override connect(callback?: Callback<void>): Promise<void> {
    return this.coupe ? Promise.reject(new Error('Connection is closed.')) : super.connect(callback);
  }

  couper(): void {
    this.coupe = true;
    this.disconnect();
  }
}
