import { Injectable } from '@nestjs/common';
import { FUSEAU, type Temporal } from '@sillage/kernel';
import { UniteDeTravail } from '@sillage/persistence';
import { v5 as uuidV5 } from 'uuid';
import { publierUneFois } from './outbox-sql.js';
import { RegistreJobs } from './registre.js';

/** Any constant: it keeps our names apart from others'. */
const ESPACE = '5d2c1f0e-6f0b-4d58-9a3c-7a1b52a4e6d1';

/**
 * Asks for the daily jobs of a tenant, by lines of the outbox whose id is made of the job, the tenant and the day: whichever dispatchers try, and
 * however often, a job comes once a day. Nothing is kept in the queues, and a day when no worker was there at the hour is caught up.
 */
@Injectable()
export class JobsQuotidiens {
  /** Job and tenant -> last day asked for by this process: what saves a look at the database. */
  readonly #demandes = new Map<string, string>();

  constructor(
    private readonly unite: UniteDeTravail,
    private readonly registre: RegistreJobs,
  ) {}

  async publier(departementId: string, maintenant: Temporal.Instant): Promise<void> {
    const ici = maintenant.toZonedDateTimeISO(FUSEAU);
    const jour = ici.toPlainDate().toString();
    for (const { nom, file, heure } of this.registre.quotidiens()) {
      const cle = `${nom}\n${departementId}`;
      if (ici.hour < heure || this.#demandes.get(cle) === jour) continue;
      // The queue knows a message by this id alone: two tenants' must differ, or one would be taken for the other and dropped.
      const id = uuidV5(`${nom}\n${departementId}\n${jour}`, ESPACE);
      // Noted first: polls may overlap when the database is slow, and one is enough.
      this.#demandes.set(cle, jour);
      try {
        await this.unite.executer(departementId, (em) => publierUneFois(em, { departementId, id, file, nom }));
      } catch (erreur) {
        this.#demandes.delete(cle);
        throw erreur;
      }
    }
  }
}
