import type { SuiviConfirme } from '@sillage/dispositif-kit';
import { type EntityManager, In } from 'typeorm';
import type { Convention } from '../conventions/convention.entity.js';
import { Suivi } from './suivi.entity.js';

/** The confirmed reports of conventions of one département, in the order of their periods. */
export async function suivisConfirmes(
  em: EntityManager,
  conventions: readonly Pick<Convention, 'departementId' | 'id'>[],
): Promise<(conventionId: string) => readonly SuiviConfirme[]> {
  const departementId = conventions[0]?.departementId ?? '';
  const confirmes = await em.find(Suivi, {
    select: {
      departementId: true,
      id: true,
      conventionId: true,
      dispositif: true,
      modele: true,
      du: true,
      champs: true,
    },
    where: { departementId, conventionId: In(conventions.map(({ id }) => id)), etat: 'CONFIRME' },
    order: { rang: 'ASC' },
  });
  const parConvention = Map.groupBy(confirmes, ({ conventionId }) => conventionId);
  return (id) =>
    (parConvention.get(id) ?? []).map(({ modele, dispositif, du, champs }) => ({
      nom: modele.slice(dispositif.length + 1),
      du,
      champs,
    }));
}
