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
  const [numero] = await numeroterTous(em, departementId, prefixe, annee, 1);
  return numero as string;
}

/** The next `nombre` of them, in order. */
export async function numeroterTous(
  em: EntityManager,
  departementId: string,
  prefixe: string,
  annee: number,
  nombre: number,
): Promise<string[]> {
  const serie = `${prefixe}-${departementId}-${annee}`;
  const [{ valeur }] = await em.query<[{ valeur: string }]>(
    `insert into sillage.compteur (departement_id, cle, valeur) values ($1, $2, $3)
     on conflict (departement_id, cle) do update set valeur = compteur.valeur + excluded.valeur
     returning valeur`,
    [departementId, serie, nombre],
  );
  const premier = BigInt(valeur) - BigInt(nombre) + 1n;
  return Array.from({ length: nombre }, (_, rang) => `${serie}-${String(premier + BigInt(rang)).padStart(6, '0')}`);
}
