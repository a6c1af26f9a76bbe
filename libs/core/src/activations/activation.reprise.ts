import { definirJob, RegistreJobs, Reprises } from '@sillage/jobs';
import type { Horloge, Temporal } from '@sillage/kernel';
import { MessageOutbox, Outbox } from '@sillage/persistence';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { HORLOGE } from '../api/horloge.provider.js';
import { ActivationEntity } from './activation.entity.js';
import { avant, etatLe } from './activation.regles.js';

/** An activation begins on the day that was planned. */
export const commencerActivation = definirJob({
  nom: 'activation.commencer',
  file: 'activations',
  charge: z.strictObject({ activationId: z.uuid() }),
});

/** Takes up again the jobs that were refused because a dispositif was off: no payment is lost to a date. */
@Injectable()
export class RepriseDesJobs implements OnModuleInit {
  constructor(
    private readonly jobs: RegistreJobs,
    private readonly reprises: Reprises,
    private readonly outbox: Outbox,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  onModuleInit(): void {
    this.jobs.declarer(
      commencerActivation,
      (em, { activationId }, { departementId }) => this.commencer(em, departementId, activationId),
      'activations',
    );
  }

  /** In the transaction that makes them possible again, or not at all. */
  async reprendre(em: EntityManager, departementId: string): Promise<void> {
    await this.reprises.reprendreDans(em, departementId, { codes: ['DISPOSITIF_INACTIF'] });
  }

  /** The same, when an activation begins: at once, or by a job on the day. */
  async prevoir(
    em: EntityManager,
    departementId: string,
    { id: activationId, du }: { id: string; du: Temporal.Instant },
  ): Promise<void> {
    const maintenant = this.horloge.maintenant();
    if (!avant(maintenant, du)) return this.reprendre(em, departementId);
    const id = await this.outbox.publier(em, commencerActivation.pour(departementId, { activationId }));
    // The outbox lives by the server's clock, which is not that of a demonstration: what counts is how long to wait.
    const attente = Math.ceil(maintenant.until(du).total('milliseconds'));
    await em
      .createQueryBuilder()
      .update(MessageOutbox)
      .set({ prochaineTentativeLe: () => `clock_timestamp() + :attente * interval '1 ms'` })
      .where({ departementId, id })
      .setParameters({ attente })
      .execute();
  }

  private async commencer(em: EntityManager, departementId: string, id: string): Promise<void> {
    const activation = await em.findOneBy(ActivationEntity, { departementId, id });
    if (activation === null) return;
    const etat = etatLe(activation, this.horloge.maintenant());
    if (etat === 'EN_VIGUEUR') await this.reprendre(em, departementId);
    if (etat === 'A_VENIR') await this.prevoir(em, departementId, activation);
  }
}
