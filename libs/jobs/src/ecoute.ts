import { Client } from 'pg';
import { CANAL_OUTBOX } from '@sillage/persistence';
import { journalDiscret } from './journal.js';
import type { Journal } from './journal.js';

const RELANCE_MS = 1_000;
const CONNEXION_MS = 5_000;

export interface OptionsEcoute {
  /** Address of the application role. Not a transaction pooler's: LISTEN needs a session. */
  url: string;
  journal: Journal;
  /** A département has something to publish. */
  surAnnonce: (departementId: string) => void;
  /** The connection is up, for the first time or again: announcements may have been missed. */
  surOuverture: () => void;
}

/** Hears the outbox on a connection of its own, which it opens again whenever it drops. Never throws: without it, polling remains. */
export class EcouteOutbox {
  readonly #signaler: (erreur: Error) => void;
  #client: Client | undefined;
  #relance: NodeJS.Timeout | undefined;
  #essai: Promise<void> = Promise.resolve();
  #arretee = false;

  constructor(private readonly options: OptionsEcoute) {
    this.#signaler = journalDiscret(options.journal, 'écoute de l’outbox');
  }

  /** Resolves after the first try, successful or not. */
  ouvrir(): Promise<void> {
    this.#essai = this.#essayer();
    return this.#essai;
  }

  async fermer(): Promise<void> {
    this.#arretee = true;
    clearTimeout(this.#relance);
    await this.#essai;
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(this.#signaler);
  }

  async #essayer(): Promise<void> {
    const client = new Client({
      connectionString: this.options.url,
      application_name: 'sillage-ecoute',
      connectionTimeoutMillis: CONNEXION_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    client.on('notification', ({ payload }) => {
      if (payload !== undefined) this.options.surAnnonce(payload);
    });
    client.on('error', this.#signaler);
    client.on('end', () => this.#relancer(client));
    this.#client = client;
    try {
      await client.connect();
      await client.query(`listen ${CANAL_OUTBOX}`);
      this.options.surOuverture();
    } catch (erreur) {
      this.#signaler(erreur as Error);
      await client.end().catch(() => undefined);
      this.#relancer(client);
    }
  }

  #relancer(client: Client): void {
    if (this.#arretee || this.#client !== client) return;
    this.#client = undefined;
    this.#relance = setTimeout(() => void this.ouvrir(), RELANCE_MS);
  }
}
