import { createPostgresBackend, createRedisBackend, withBackend } from 'bullmq';
import type { BackendClasses, IQueueBackend, Job } from 'bullmq';
import { connexionsPostgres, connexionsRedis, DELAI_REQUETE_MS } from './connexions.js';
import type { Connexions } from './connexions.js';
import type { ConfigurationFile, Files } from './files.js';
import { journalDiscret } from './journal.js';
import type { Journal } from './journal.js';
import { identifiantBullmq } from './message.js';
import type { MessagePublie } from './message.js';
import type { ReglagesJobs } from './reglages.js';

/** A worker killed in the middle of a job must not fail it, however often: the outbox counts the attempts that matter. */
const SANS_LIMITE = 1_000_000;
const PREFIXE_REDIS = 'sillage';

/** The queues that BullMQ carries. */
export function filesBullmq({ backend, url }: ConfigurationFile, reglages: ReglagesJobs, journal: Journal): Files {
  if (backend === 'postgres') {
    const connexions = connexionsPostgres(url, reglages.concurrence);
    return new FilesBullMQ(backend, withBackend(createPostgresBackend), connexions, reglages, journal);
  }
  return new FilesBullMQ(backend, withBackend(createRedisBackend), connexionsRedis(url), reglages, journal);
}

/** The queue's server gave no answer in time. What was asked may still happen, and do no harm. */
class FileMuette extends Error {
  override readonly name = 'FileMuette';

  constructor(file: string) {
    super(`La file « ${file} » ne répond pas.`);
  }
}

class FilesBullMQ<B extends IQueueBackend, C> implements Files {
  readonly #publications = new Map<string, InstanceType<BackendClasses<B, C>['Queue']>>();
  readonly #ouvriers: { close(): Promise<void> }[] = [];
  #preparation: Promise<void> | undefined;

  constructor(
    readonly backend: ConfigurationFile['backend'],
    private readonly bullmq: BackendClasses<B, C>,
    private readonly connexions: Connexions<C>,
    private readonly reglages: ReglagesJobs,
    private readonly journal: Journal,
  ) {}

  preparer(): Promise<void> {
    this.#preparation ??= this.connexions.preparer().catch((erreur: unknown) => {
      this.#preparation = undefined;
      throw erreur;
    });
    return this.#preparation;
  }

  async publier(file: string, messages: readonly MessagePublie[]): Promise<void> {
    let queue = this.#publications.get(file);
    if (!queue) {
      queue = new this.bullmq.Queue(file, { connection: this.connexions.publication(), prefix: PREFIXE_REDIS });
      queue.on('error', journalDiscret(this.journal, `publication dans la file ${file}`));
      this.#publications.set(file, queue);
    }
    const ajout = queue.addBulk(
      messages.map((message) => ({
        name: message.nom,
        data: { departementId: message.departementId, outboxId: message.outboxId },
        // The outbox keeps the history and decides on other attempts: nothing stays here.
        opts: { jobId: identifiantBullmq(message), attempts: 1, removeOnComplete: true, removeOnFail: true },
      })),
    );
    if (!(await finitAvant(DELAI_REQUETE_MS, ajout))) throw new FileMuette(file);
  }

  async ouvrir(file: string, traiter: (message: unknown) => Promise<void>): Promise<void> {
    const ouvrier = new this.bullmq.Worker(file, (job: Job<unknown>) => traiter(job.data), {
      connection: this.connexions.traitement(),
      prefix: PREFIXE_REDIS,
      concurrency: this.reglages.concurrence,
      lockDuration: this.reglages.verrouMs,
      stalledInterval: this.reglages.calageMs,
      maxStalledCount: SANS_LIMITE,
      runRetryDelay: 1_000,
    });
    ouvrier.on('error', journalDiscret(this.journal, `file ${file}`));
    this.#ouvriers.push(ouvrier);
  }

  async fermer(): Promise<void> {
    const fermetures = [...this.#ouvriers, ...this.#publications.values()].map((element) => element.close());
    await finitAvant(this.reglages.arretMs, Promise.allSettled(fermetures));
    this.connexions.couper();
    this.#ouvriers.length = 0;
    this.#publications.clear();
  }
}

/** Whether `travail` ends in time. @throws what `travail` throws, if it is in time. */
async function finitAvant(delaiMs: number, travail: Promise<unknown>): Promise<boolean> {
  let minuterie: NodeJS.Timeout | undefined;
  const delai = new Promise<boolean>((resoudre) => {
    minuterie = setTimeout(() => resoudre(false), delaiMs);
  });
  try {
    return await Promise.race([travail.then(() => true), delai]);
  } finally {
    clearTimeout(minuterie);
    travail.catch(() => undefined);
  }
}
