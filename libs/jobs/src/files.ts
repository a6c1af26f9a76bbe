import type { Journal } from './journal.js';
import type { MessagePublie } from './message.js';
import type { ReglagesJobs } from './reglages.js';

/** Where BullMQ lives: PostgreSQL, through the role `sillage_file`, or Redis. */
export type ConfigurationFile = { backend: 'postgres'; url: string } | { backend: 'redis'; url: string };

/** The queues of one process, whatever carries them. They may lose and repeat messages: the outbox does not. */
export interface Files {
  readonly backend: ConfigurationFile['backend'];
  /**
   * Makes sure that the server answers, and brings BullMQ's own tables up to date (PostgreSQL). Safe from several processes at once.
   * @throws Error when it cannot.
   */
  preparer(): Promise<void>;
  /** Adds a batch. Fails within seconds, rather than waits, when the server does not answer. */
  publier(file: string, messages: readonly MessagePublie[]): Promise<void>;
  /** Opens a worker on a queue: `traiter` gets each message as it came; when it throws, the message is dropped. */
  ouvrir(file: string, traiter: (message: unknown) => Promise<void>): Promise<void>;
  /** Stops taking messages and waits for those at work, then for the connections to close. */
  fermer(): Promise<void>;
}

/** BullMQ is loaded when a queue is first used: the gateway, which uses none, starts without it. */
export function fabriquerFiles(configuration: ConfigurationFile, reglages: ReglagesJobs, journal: Journal): Files {
  let chargees: Promise<Files> | undefined;
  const charger = (): Promise<Files> =>
    (chargees ??= import('./files-bullmq.js').then(({ filesBullmq }) => filesBullmq(configuration, reglages, journal)));
  return {
    backend: configuration.backend,
    preparer: async () => (await charger()).preparer(),
    publier: async (file, messages) => (await charger()).publier(file, messages),
    ouvrir: async (file, traiter) => (await charger()).ouvrir(file, traiter),
    fermer: async () => (await chargees)?.fermer(),
  };
}
