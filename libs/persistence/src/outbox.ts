import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidV7 } from 'uuid';

/** PostgreSQL channel that wakes the dispatcher; its payload is the tenant. */
export const CANAL_OUTBOX = 'sillage_outbox';

export interface MessageAPublier {
  readonly departementId: string;
  /** Queue of the job. */
  readonly file: string;
  /** Name of the job, such as 'versement.avance'. */
  readonly nom: string;
  /** Ids only, already checked by the job's definition. */
  readonly charge: object;
  /** Not before that many milliseconds. */
  readonly dansMs?: number;
}

/** Enqueues a job by writing it in the transaction that causes it: both happen, or neither. */
@Injectable()
export class Outbox {
  /**
   * @returns the job's id (UUID v7).
   * @throws QueryFailedError when `departementId` is not the tenant of the unit of work.
   */
  async publier(em: EntityManager, { departementId, file, nom, charge, dansMs }: MessageAPublier): Promise<string> {
    const id = uuidV7();
    // The notification leaves at COMMIT, and only then.
    await em.query(
      `with message as (
         insert into sillage.outbox (departement_id, id, file, nom, charge, prochaine_tentative_le)
         values ($1, $2, $3, $4, $5::jsonb, clock_timestamp() + $6::float8 * interval '1 ms')
         returning departement_id
       )
       select pg_notify('${CANAL_OUTBOX}', departement_id) from message`,
      [departementId, id, file, nom, JSON.stringify(charge), dansMs ?? null],
    );
    return id;
  }
}
