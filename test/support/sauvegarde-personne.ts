import type { Client } from 'pg';

/** By table, the rows of a person. */
export type Sauvegarde = Readonly<Record<string, readonly unknown[]>>;
const SAUVEES = ['jeune', 'identite', 'jeune_coordonnees', 'jeune_rectification'];

/** What a backup holds of a person. */
export async function sauver(admin: Client, uuid: string): Promise<Sauvegarde> {
  const lues: Record<string, unknown[]> = {};
  for (const table of SAUVEES) {
    const cle = table === 'jeune' || table === 'jeune_coordonnees' ? 'id' : 'jeune_id';
    const { rows } = await admin.query<{ t: unknown }>(
      `select to_jsonb(t) as t from sillage.${table} t where departement_id = '62' and ${cle} = $1`,
      [uuid],
    );
    lues[table] = rows.map(({ t }) => t);
  }
  return lues;
}

/** What a restored backup brings back. */
export async function restaurer(admin: Client, uuid: string, sauvegarde: Sauvegarde): Promise<void> {
  await admin.query(
    `update sillage.jeune set efface_le = null, date_naissance = r.date_naissance, commune_code = r.commune_code
       from jsonb_populate_record(null::sillage.jeune, $2) r where jeune.departement_id = '62' and jeune.id = $1`,
    [uuid, sauvegarde['jeune']?.[0]],
  );
  for (const table of SAUVEES.slice(1)) {
    await admin.query(
      `insert into sillage.${table} select * from jsonb_populate_recordset(null::sillage.${table}, $1)`,
      [JSON.stringify(sauvegarde[table])],
    );
  }
}
