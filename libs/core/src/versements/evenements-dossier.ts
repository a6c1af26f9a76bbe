import type { EvenementDossier } from '@sillage/dispositif-kit';
import { definirJob } from '@sillage/jobs';
import { Outbox } from '@sillage/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';

/** Computes what a convention is owed because of an event. */
export const calculerVersements = definirJob({
  nom: 'versements.calculer',
  file: 'versements',
  charge: z.strictObject({ conventionId: z.uuid(), evenement: z.enum(['CONVENTION_SIGNEE', 'BILAN_CONFIRME']) }),
});

/** Announces what happens to a dossier: the payments that it causes are computed by a job, asked for in the same transaction. */
@Injectable()
export class EvenementsDossier {
  constructor(private readonly outbox: Outbox) {}

  async annoncer(
    em: EntityManager,
    evenement: { departementId: string; conventionId: string; evenement: EvenementDossier },
  ): Promise<void> {
    const { departementId, ...charge } = evenement;
    await this.outbox.publier(em, calculerVersements.pour(departementId, charge));
  }
}
