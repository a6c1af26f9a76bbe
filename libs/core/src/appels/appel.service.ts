import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { introuvable } from '../api/noeud.js';
import { AppelEntity, AppelTerritoireEntity } from './appel.entity.js';

/** Reads appels for those who depend on them. Who may see which is the caller's business: see `appel.resolver.ts`. */
@Injectable()
export class AppelService {
  /** @throws Refus INTROUVABLE at `path`, also for another département's appel */
  async lire(em: EntityManager, departementId: string, id: string, path: string[]): Promise<AppelEntity> {
    const appel = await em.findOneBy(AppelEntity, { departementId, id });
    if (appel === null) throw introuvable(path);
    return appel;
  }

  /** The territories on which an appel is open. */
  async territoireIds(em: EntityManager, departementId: string, appelId: string): Promise<string[]> {
    const lignes = await em.findBy(AppelTerritoireEntity, { departementId, appelId });
    return lignes.map(({ territoireId }) => territoireId).sort();
  }
}
