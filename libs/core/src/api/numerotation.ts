import type { EntityManager } from 'typeorm';

/**
 * The next human number, `CAND-62-2026-000012`: one counter a département, kind and year, without gaps in what is committed.
 * The counter's row stays locked until the end of the transaction.
 */
export async function numeroter(
  em: EntityManager,
  departementId: string,
  prefixe: string,
  annee: number,
): Promise<string> {
  const serie = `${prefixe}-${departementId}-${annee}`;
  const [{ valeur }] = await em.query<[{ valeur: string }]>(
    `insert into sillage.compteur (departement_id, cle, valeur) values ($1, $2, 1)
     on conflict (departement_id, cle) do update set valeur = compteur.valeur + 1
     returning valeur`,
    [departementId, serie],
  );
  return `${serie}-${valeur.padStart(6, '0')}`;
}
