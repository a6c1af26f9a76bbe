import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';

/**
 * Inserts the rows that no unique or exclusion constraint forbids: the database decides, so that of two writers at the
 * same time one wins, and the other goes on in a sound transaction to say why. It waits for the first to end.
 * @returns the ids of the rows that were written
 */
export async function insererSiLibre<E extends ObjectLiteral & { id: string }>(
  em: EntityManager,
  entite: EntityTarget<E>,
  lignes: QueryDeepPartialEntity<E>[],
): Promise<string[]> {
  const resultat = await em
    .createQueryBuilder()
    .insert()
    .into(entite)
    .values(lignes)
    .orIgnore()
    .returning(['id'])
    .updateEntity(false)
    .execute();
  return (resultat.raw as { id: string }[]).map(({ id }) => id);
}
