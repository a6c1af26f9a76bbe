import type { Client } from 'pg';

/** A row written and committed in a tenant. */
export interface Ecriture {
  readonly departement: string;
  readonly table: string;
}

/** What notes the requests themselves: written for reads and refusals too, and for some after the answer. */
export const TABLES_DE_SUIVI = [
  'sillage.debit',
  'sillage.jeune_consulte',
  'sillage.journal_chaine',
  'sillage.journal_lecture',
] as const;

const POSER = `
  create table public.sonde (rang bigint generated always as identity, departement text, nom text);
  create function public.noter() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
  begin
    insert into public.sonde (departement, nom)
      values (coalesce(to_jsonb(new), to_jsonb(old)) ->> 'departement_id', tg_table_schema || '.' || tg_table_name);
    return null;
  end $$;
  do $$
  declare nom text;
  begin
    for nom in select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where (n.nspname = 'sillage' or starts_with(n.nspname, 'plugin_')) and c.relkind = 'r' and c.relname <> '_migrations'
    loop
      execute format('create trigger zz_sonde after insert or update or delete on %s for each row execute function public.noter()', nom);
    end loop;
  end $$;`;

/**
 * Triggers on every tenant table, put in once the gateway has started on a sound catalogue: what a transaction that rolls back wrote is
 * not seen, what was committed always is.
 */
export class Sonde {
  #rang = '0';

  private constructor(private readonly client: Client) {}

  /** @param client the superuser */
  static async poser(client: Client): Promise<Sonde> {
    await client.query(POSER);
    return new Sonde(client);
  }

  /** What was committed since the last call, the notes on requests apart. */
  async relever(): Promise<Ecriture[]> {
    const { rows } = await this.client.query<{ rang: string; departement: string; nom: string }>(
      'select rang, departement, nom from public.sonde where rang > $1 and nom <> all($2) order by rang',
      [this.#rang, TABLES_DE_SUIVI],
    );
    this.#rang = rows.at(-1)?.rang ?? this.#rang;
    return rows.map(({ departement, nom }) => ({ departement, table: nom }));
  }
}
