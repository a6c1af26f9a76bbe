import { DEPARTEMENT } from './comptes.js';
import { avecClient } from '../support/base-essai.js';
import { preparer, SQL } from './serveurs/limite.sql.mjs';

const DEMANDES = [
  { requete: 'Q1', variables: { territoire: 'SECTEUR_1', etat: 'EN_COURS' } },
  { requete: 'Q2', variables: {} },
  { requete: 'Q3', variables: {} },
  { requete: 'Q4', variables: { dispositif: 'coordo-ase' } },
] as const;

/** The plan of each query of the limit, as the application's role runs it: executed twice, the second one shown. */
export async function expliquer(urlApp: string): Promise<string> {
  return avecClient(urlApp, async (client) => {
    const plans: string[] = [];
    await client.query('begin');
    await client.query(`select set_config('sillage.departement', $1, true)`, [DEPARTEMENT]);
    const { rows } = await client.query<{ id: string }>(
      'select id from sillage.accompagnement order by du desc limit 1',
    );
    for (const { requete, variables } of DEMANDES) {
      const { name, values } = preparer(requete, { ...rows[0], ...variables });
      await client.query({ text: SQL[name], values });
      const plan = await client.query<{ 'QUERY PLAN': string }>(`explain (analyze, buffers) ${SQL[name]}`, values);
      plans.push([`${requete}`, '```', ...plan.rows.map((ligne) => ligne['QUERY PLAN']), '```'].join('\n'));
    }
    await client.query('rollback');
    return plans.join('\n\n');
  });
}
