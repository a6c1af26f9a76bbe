import type { Cotation as CotationFinale, Dispositif } from '@sillage/dispositif-kit';
import { type EntityManager, In } from 'typeorm';
import { Cotation, CotationItem } from './cotation.entity.js';
import { notesDe } from './cotation.situation.js';

/** The final scores of conventions of one département, for their payments: a fixed number of statements whatever their count. */
export async function cotationsDefinitives(
  em: EntityManager,
  departementId: string,
  conventionIds: readonly string[],
): Promise<(conventionId: string, dispositif: Dispositif) => CotationFinale | null> {
  const cotations = await em.find(Cotation, {
    select: { departementId: true, id: true, conventionId: true, grille: true },
    where: { departementId, conventionId: In([...conventionIds]), etat: 'DEFINITIVE' },
  });
  if (cotations.length === 0) return () => null;
  const items = await em.findBy(CotationItem, { departementId, cotationId: In(cotations.map(({ id }) => id)) });
  const parConvention = new Map(cotations.map((cotation) => [cotation.conventionId, cotation]));
  const parCotation = Map.groupBy(items, ({ cotationId }) => cotationId);
  return (conventionId, { grille }) => {
    const cotation = parConvention.get(conventionId);
    const version = grille?.versions.find(({ code }) => code === cotation?.grille);
    if (cotation === undefined || version === undefined) return null;
    return { version, notes: notesDe(parCotation.get(cotation.id) ?? []) };
  };
}
