import type { Temporal } from '@sillage/kernel';
import { type EntityManager, In } from 'typeorm';
import { Territoire } from '../territoires/index.js';
import { type AppelEntity, AppelTerritoireEntity, deciderFenetre } from '../appels/index.js';

/** An appel with what one reads with it. */
export interface AppelSitue {
  id: string;
  appel: AppelEntity;
  /** By code. */
  territoires: readonly Territoire[];
  /** Whether it receives dossiers at the given instant. */
  ouvert: boolean;
}

/** Adds to some appels, in two statements, the territories that they cover. */
export async function situerAppels(
  em: EntityManager,
  departementId: string,
  appels: readonly AppelEntity[],
  maintenant: Temporal.Instant,
): Promise<AppelSitue[]> {
  const liens = await em.findBy(AppelTerritoireEntity, { departementId, appelId: In(appels.map(({ id }) => id)) });
  const territoires = await em.find(Territoire, {
    where: { departementId, id: In(liens.map(({ territoireId }) => territoireId)) },
    order: { code: 'ASC' },
  });
  return appels.map((appel) => {
    const siens = new Set<string>(liens.filter((l) => l.appelId === appel.id).map((l) => l.territoireId));
    return {
      id: appel.id,
      appel,
      territoires: territoires.filter(({ id }) => siens.has(id)),
      ouvert: deciderFenetre(appel, maintenant, 'TRANS-03').issue === 'OUI',
    };
  });
}
