import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ContexteJob, DefinitionJob, ExecuteurJob } from './definition.js';
import { ChargeInvalide } from './panne.js';

/** A declared job, its charge's type erased: `executer` checks the charge before it runs. */
export interface JobDeclare {
  readonly nom: string;
  readonly file: string;
  readonly proprietaire: string;
  /** @throws ChargeInvalide, and whatever the executor throws. */
  executer(em: EntityManager, charge: unknown, contexte: ContexteJob): Promise<void>;
}

/** A job that comes by itself, once a civil day and a tenant. */
export interface JobQuotidien {
  readonly nom: string;
  readonly file: string;
  /** In Paris, 0 to 23: it comes at that hour, or as soon after as a worker is there. */
  readonly heure: number;
}

/** Who runs which job. Modules declare theirs when they start; the registry closes when the workers open. */
@Injectable()
export class RegistreJobs {
  readonly #jobs = new Map<string, JobDeclare>();
  readonly #quotidiens: JobQuotidien[] = [];
  #clos = false;

  /**
   * @param proprietaire the plugin's code, or the core's capability
   * @throws Error on a name declared twice, on a queue claimed by two owners (both are named), and once the workers are open
   */
  declarer<C>(definition: DefinitionJob<C>, executeur: ExecuteurJob<C>, proprietaire: string): void {
    const { nom, file } = definition;
    if (this.#clos) {
      throw new Error(`« ${proprietaire} » déclare le job « ${nom} » trop tard : déclarez-le au démarrage du module.`);
    }
    const homonyme = this.#jobs.get(nom);
    if (homonyme) {
      throw new Error(
        `Le job « ${nom} » est déclaré deux fois, par « ${homonyme.proprietaire} » et par « ${proprietaire} » : renommez l’un des deux.`,
      );
    }
    const voisin = [...this.#jobs.values()].find((job) => job.file === file && job.proprietaire !== proprietaire);
    if (voisin) {
      throw new Error(
        `La file « ${file} » est revendiquée par « ${voisin.proprietaire} » et par « ${proprietaire} » : une file n’a qu’un propriétaire.`,
      );
    }
    this.#jobs.set(nom, {
      nom,
      file,
      proprietaire,
      executer: async (em, charge, contexte) => {
        const lue = definition.charge.safeParse(charge);
        if (!lue.success) throw new ChargeInvalide(lue.error);
        await executeur(em, lue.data, contexte);
      },
    });
  }

  /** Declares a job without a charge that also comes by itself. @throws Error like {@link declarer} */
  declarerQuotidien(
    definition: DefinitionJob<Record<string, never>>,
    heure: number,
    executeur: ExecuteurJob<Record<string, never>>,
    proprietaire: string,
  ): void {
    this.declarer(definition, executeur, proprietaire);
    this.#quotidiens.push({ nom: definition.nom, file: definition.file, heure });
  }

  quotidiens(): readonly JobQuotidien[] {
    return this.#quotidiens;
  }

  trouver(nom: string): JobDeclare | undefined {
    return this.#jobs.get(nom);
  }

  /** The declared queues, in alphabetical order. */
  files(): string[] {
    return [...new Set([...this.#jobs.values()].map((job) => job.file))].sort();
  }

  /** A job declared after this would have no worker: `declarer` refuses it. */
  clore(): void {
    this.#clos = true;
  }
}
