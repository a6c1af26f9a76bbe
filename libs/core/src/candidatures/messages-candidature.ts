import type { Horloge } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { HORLOGE } from '../api/index.js';
import { insererSiLibre } from '../api/inserer-si-libre.js';
import { CandidatureMessage } from './message.entity.js';

export type AEcrire = Pick<CandidatureMessage, 'candidatureId' | 'destinataire' | 'nature' | 'cle' | 'texte' | 'regle'>;

/** Writes what a candidature is told, once: a job that runs again, or two at the same time, add nothing. */
@Injectable()
export class MessagesCandidature {
  constructor(@Inject(HORLOGE) private readonly horloge: Horloge) {}

  /** @returns how many were new */
  async ecrire(em: EntityManager, departementId: string, messages: readonly AEcrire[]): Promise<number> {
    if (messages.length === 0) return 0;
    const ecritLe = this.horloge.maintenant();
    const lignes = messages.map((message) => ({ ...message, departementId, id: uuidv7(), ecritLe }));
    return (await insererSiLibre(em, CandidatureMessage, lignes)).length;
  }
}
