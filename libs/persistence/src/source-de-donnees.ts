import { types } from 'pg';
import type { MixedList } from 'typeorm';
import { DataSource } from 'typeorm';
import { MessageOutbox } from './outbox.entity.js';

/** A TypeORM entity: a decorated class. */
export type ClasseEntite = abstract new (...args: never[]) => unknown;

export interface OptionsSource {
  /** The application role's address (`DATABASE_URL`). */
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
    extra: { types: TYPES_POSTGRES, keepAlive: true },
  });
}

const DATE = 1082;
const TABLEAU_DE_DATES = 1182;
const TABLEAU_DE_TEXTES = 1009;

/** `@types/pg` knows the scalar types only. */
const analyseurDe = types.getTypeParser as unknown as (oid: number) => (texte: string) => unknown;

/** By default `pg` makes a local midnight of a civil date, which is another day elsewhere: a date stays text. */
export const TYPES_POSTGRES: { getTypeParser: typeof types.getTypeParser } = {
  getTypeParser: ((oid: number, format?: 'text') => {
    if (oid === DATE) return (texte: string) => texte;
    if (oid === TABLEAU_DE_DATES) return analyseurDe(TABLEAU_DE_TEXTES);
    return types.getTypeParser(oid, format);
  }) as typeof types.getTypeParser,
};
