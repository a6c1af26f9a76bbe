import type { Dispositif } from '@sillage/dispositif-kit';
import type { DataSource } from 'typeorm';
import type { Controle } from './sante.js';

/** The database answers. */
export function controleBase(dataSource: DataSource): Controle {
  return {
    nom: 'base',
    verifier: async () => {
      await dataSource.query('select 1');
    },
  };
}

/**
 * The database has every table and column that this version of the code knows: its migrations have run. Migrations only add,
 * so that once true this stays true, and is asked no more. (The application's role has no right on the tables where
 * migrations are noted; the catalogue tells enough.)
 */
export function controleSchema(dataSource: DataSource, dispositifs: readonly Dispositif[]): Controle {
  let aJour = false;
  return {
    nom: 'migrations',
    verifier: async () => {
      if (aJour) return;
      const manque = await premierManque(dataSource, dispositifs);
      if (manque !== undefined) throw new Error(`La base n’est pas à jour : ${manque} manque.`);
      aJour = true;
    },
  };
}

async function premierManque(dataSource: DataSource, dispositifs: readonly Dispositif[]): Promise<string | undefined> {
  const attendus = dataSource.entityMetadatas.flatMap(({ schema, tableName, columns }) =>
    columns.map(({ databaseName }) => ({ schema: schema ?? 'sillage', table: tableName, colonne: databaseName })),
  );
  const schemas = dispositifs
    .filter(({ migrations }) => migrations !== undefined && migrations.length > 0)
    .map((d) => d.schema);
  const [manque] = await dataSource.query<{ nom: string }[]>(
    `select format('%s.%s.%s', a.schema, a.table, a.colonne) as nom
       from json_to_recordset($1) as a(schema text, "table" text, colonne text)
      where not exists (
        select from pg_attribute c join pg_class t on t.oid = c.attrelid join pg_namespace n on n.oid = t.relnamespace
         where n.nspname = a.schema and t.relname = a.table and c.attname = a.colonne and not c.attisdropped)
     union all
     select s from unnest($2::text[]) s where not exists (select from pg_namespace where nspname = s)
     limit 1`,
    [JSON.stringify(attendus), schemas],
  );
  return manque?.nom;
}
