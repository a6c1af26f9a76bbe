import type { Pool, PoolClient } from 'pg';
import { Echange, type InstructionSql } from './echange.js';

/** Most light reads that one connection is given at once; behind another one, nobody waits. */
const RAFALE_MAX = 4;

/**
 * Reads on their way to PostgreSQL. Each takes a connection as soon as one is free; when all are busy, light ones that wait leave
 * together on the next one that is given back, in one piece: PostgreSQL's process then goes from one to the other without
 * sleeping. A connection is given back between two bursts, so that whoever writes has its turn.
 */
export class FileDeLectures {
  readonly #attente: Echange[] = [];
  /** Connections that were asked for, and are not there yet. */
  #demandees = 0;
  #prises = 0;

  constructor(private readonly pool: Pool) {}

  /** @throws what PostgreSQL or the connection says */
  lire(departementId: string, instruction: InstructionSql): Promise<string | null> {
    const echange = new Echange(departementId, instruction);
    this.#attente.push(echange);
    this.#avancer();
    return echange.reponse;
  }

  #avancer(): void {
    if (this.#demandees >= this.#attente.length || this.#prises >= this.pool.options.max) return;
    this.#prises += 1;
    void this.#servir().finally(() => {
      this.#prises -= 1;
      this.#avancer();
    });
  }

  async #servir(): Promise<void> {
    this.#demandees += 1;
    const client = await this.pool.connect().catch((erreur: unknown) => {
      this.#partager(1).forEach((echange) => echange.refuser(erreur as Error));
      return null;
    });
    if (!client) return;
    const rafale = this.#partager(RAFALE_MAX, client);
    await parcourir(client, rafale);
  }

  /** What falls to a connection that was asked for: the others that were may still come. */
  #partager(max: number, client?: PoolClient): Echange[] {
    const part = Math.min(max, Math.ceil(this.#attente.length / this.#demandees));
    this.#demandees -= 1;
    // What fails may leave its statement unprepared: nobody behind it counts on it.
    const dernier = this.#attente.findIndex((echange) => !echange.estLeger || (client && echange.prepare(client)));
    return this.#attente.splice(0, dernier < 0 ? part : Math.min(part, dernier + 1));
  }
}

/** The connection goes back to the pool only if all went well: one on which something failed is ended. */
async function parcourir(client: PoolClient, rafale: readonly Echange[]): Promise<void> {
  client.on('error', DEJA_DIT);
  Echange.envoyer(client, rafale);
  const reponses = await Promise.allSettled(rafale.map(({ reponse }) => reponse));
  const propre =
    reponses.every(({ status }) => status === 'fulfilled') &&
    client.getTransactionStatus() === 'I' &&
    !Echange.encombre(client);
  client.off('error', DEJA_DIT);
  client.release(!propre);
}

/** A connection that breaks says so twice: to the exchange, which throws it, and as an event. */
const DEJA_DIT = (): void => undefined;
