import { type ContexteActeur, peut } from '@sillage/access';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { introuvable } from '../api/index.js';
import { AppelEntity, AppelTerritoireEntity } from './appel.entity.js';

/** Reads appels. `lire` and `territoireIds` are for those who depend on an appel, and leave access to them. */
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

  /** @returns null when it does not exist, or when the actor may not read it */
  async trouver(em: EntityManager, contexte: ContexteActeur, id: string): Promise<AppelEntity | null> {
    const { departementId } = contexte;
    const appel = await em.findOneBy(AppelEntity, { departementId, id });
    if (appel === null) return null;
    const { dispositif, etat } = appel;
    const territoireIds = await this.territoireIds(em, departementId, id);
    return peut(contexte, 'lire', 'Appel', { dispositif, etat, territoireIds }) ? appel : null;
  }
}
