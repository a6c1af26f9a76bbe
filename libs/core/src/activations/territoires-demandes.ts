import type { ContexteActeur } from '@sillage/access';
import { Refus } from '@sillage/kernel';
import type { EntityManager } from 'typeorm';
import type { Territoire, TerritoireService } from '../territoires/index.js';

/**
 * The territories that a request names by code or by any of their names, each once, in the order of the request.
 * @throws Refus CHAMP_OBLIGATOIRE without one, INTROUVABLE at `path` and its rank
 */
export async function lireTerritoires(
  service: TerritoireService,
  em: EntityManager,
  contexte: ContexteActeur,
  noms: readonly string[],
  path: string[],
): Promise<Territoire[]> {
  if (noms.length === 0) throw Refus.de('CHAMP_OBLIGATOIRE', 'Indiquez au moins un territoire.', { path });
  const parId = new Map<string, Territoire>();
  for (const [rang, nom] of noms.entries()) {
    const territoire = await service.exiger(em, contexte, nom, [...path, String(rang)]);
    parId.set(territoire.id, territoire);
  }
  return [...parId.values()];
}
