/** The embedded PostgreSQL cannot start. The message is for whoever typed the command: what happened, then what to do. */
export class ErreurPostgres extends Error {
  override readonly name = 'ErreurPostgres';
}

/** The way out that always exists. */
export const AVEC_SA_PROPRE_BASE = 'ou donnez votre propre PostgreSQL par DATABASE_URL.';
