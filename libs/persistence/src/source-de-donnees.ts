import pg, { types } from 'pg';
import type { MixedList } from 'typeorm';
import { DataSource } from 'typeorm';
import { MessageOutbox } from './outbox.entity.js';

/** A TypeORM entity: a decorated class. */
export type ClasseEntite = abstract new (...args: never[]) => unknown;

export interface OptionsSource {
  /** The address of the role that serves (`DATABASE_URL`). */
  readonly url: string;
  /** Size of the pool. A unit of work holds one connection from its first statement to its COMMIT. */
  readonly connexions: number;
  readonly entites: readonly ClasseEntite[];
}

/**
 * The application's data source, not yet initialised. It never creates nor alters anything: migrations run apart, under another role.
 * Raw rows come with civil dates as text ('2026-02-15'), bigint and numeric as text, timestamptz as Date.
 */
export function creerDataSource({ url, connexions, entites }: OptionsSource): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    schema: 'sillage',
    entities: [MessageOutbox, ...entites] as MixedList<new () => unknown>,
    synchronize: false,
    installExtensions: false,
    logging: false,
    poolSize: connexions,
    connectTimeoutMS: 10_000,
    applicationName: 'sillage',
    extra: { types: { getTypeParser: analyseur }, keepAlive: true, Client: ClientEcoute },
  });
}

/**
 * Always listens to its own end. A connection that is killed as it becomes ready tells both in one packet, before whoever asked for it
 * can listen: an error that nobody hears ends the process. What waits on the connection is refused all the same.
 */
class ClientEcoute extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

const DATE = 1082;
const TABLEAU_DE_DATES = 1182;
const TABLEAU_DE_TEXTES = 1009;

/** By default `pg` makes a local midnight of a civil date, which is another day elsewhere: a date stays text. */
function analyseur(oid: number, format?: 'text' | 'binary'): unknown {
  if (oid === DATE) return (texte: string) => texte;
  const lu = oid === TABLEAU_DE_DATES ? TABLEAU_DE_TEXTES : oid;
  return (types.getTypeParser as (oid: number, format?: string) => unknown)(lu, format);
}
