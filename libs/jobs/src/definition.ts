import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { MessageAPublier } from '@sillage/persistence';

/** What a job is: its name (`versement.avance`), its queue and the shape of its charge, which holds identifiers only. */
export interface DefinitionJob<C> {
  readonly nom: string;
  readonly file: string;
  readonly charge: z.ZodType<C>;
  /**
   * The message to give to `Outbox.publier(em, ...)`, in the transaction that causes the job.
   * @throws z.ZodError when the charge does not fit: the fault shows where it is made, not later in a worker.
   */
  pour(departementId: string, charge: C): MessageAPublier;
}

/** `jobId` is the id of the outbox line: the same for every delivery of the same job. */
export interface ContexteJob {
  departementId: string;
  jobId: string;
}

/**
 * Does the job's work with the given EntityManager and no other: its effect and the mark that it ran are one transaction, which sees
 * the rows of the job's département only. Throws `Refus` when a rule says no. May run several times, commits once: so it has no
 * effect outside the database.
 */
export type ExecuteurJob<C> = (em: EntityManager, charge: C, contexte: ContexteJob) => Promise<void>;

const NOM = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*$/;
const FILE = /^[a-z][a-z0-9-]*$/;

/** @throws Error when a name has another shape than `versement.avance`, or a queue than `versements` (BullMQ reserves `:`). */
export function definirJob<C extends object>(definition: {
  nom: string;
  file: string;
  charge: z.ZodType<C>;
}): DefinitionJob<C> {
  const { nom, file, charge } = definition;
  if (!NOM.test(nom)) {
    throw new Error(`Le nom de job « ${nom} » n’est pas de la forme « versement.avance » : corrigez-le.`);
  }
  if (!FILE.test(file)) {
    throw new Error(`La file « ${file} » du job « ${nom} » n’est pas de la forme « versements » : corrigez-la.`);
  }
  return {
    nom,
    file,
    charge,
    pour: (departementId, valeur) => ({ departementId, file, nom, charge: { ...charge.parse(valeur) } }),
  };
}
