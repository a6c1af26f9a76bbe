import type { NatureStructure } from '@sillage/kernel';
import { type EntityManager, In } from 'typeorm';
import { Structure } from '../structures/index.js';
import type { Candidature } from './candidature.entity.js';

/** What each structure is registered as, on the day on which its candidatures are judged (TRANS-06): one statement whatever their count. */
export async function naturesDesPorteurs(
  em: EntityManager,
  departementId: string,
  dossiers: readonly { readonly candidature: Pick<Candidature, 'structureId'> }[],
): Promise<(structureId: string) => NatureStructure> {
  const structures = await em.find(Structure, {
    select: { departementId: true, id: true, nature: true },
    where: { departementId, id: In([...new Set(dossiers.map(({ candidature }) => candidature.structureId))]) },
  });
  const natures = new Map<string, NatureStructure>(structures.map(({ id, nature }) => [id, nature]));
  return (structureId) => natures.get(structureId) as NatureStructure;
}
