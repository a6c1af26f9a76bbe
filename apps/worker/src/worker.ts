import { type DynamicModule, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { mesurerProfondeur, metriquesJobs, Ouvriers, Profondeurs, Repartiteur } from '@sillage/jobs';
import {
  type Composition,
  controleBase,
  controleSchema,
  creerJournal,
  creerMetriques,
  type Journal,
  journalDeNest,
  mesurerPool,
  modulesCommuns,
  type OptionsModules,
  Sante,
} from '@sillage/socle';
import { ROLE_JOBS } from '@sillage/persistence';
import { DataSource } from 'typeorm';
import { ServeurExploitation } from './serveur-exploitation.js';

export interface OptionsWorker extends Composition {
  /** Standard output by default. */
  readonly journal?: Journal;
  /** Changes to the jobs' default delays. */
  readonly reglagesJobs?: OptionsModules['reglagesJobs'];
}

/** The process that runs jobs. Nobody calls it but probes: work comes through the outbox. */
export interface Worker {
  readonly app: INestApplicationContext;
  /** Opens the queues, then the port of the probes. Returns its address. */
  demarrer(): Promise<string>;
  /** Takes no more work, finishes the jobs in hand, then closes everything. */
  arreter(): Promise<void>;
}

/** Lists what the worker is made of; no rule of the domain lives here. */
@Module({})
export class WorkerModule {
  static pour(options: OptionsModules): DynamicModule {
    return { module: WorkerModule, imports: modulesCommuns(options) };
  }
}

/**
 * A worker, ready and not yet at work.
 * @throws BaseDangereuse, ClesInaccessibles, DeclarationsIncompatibles when it must not start
 */
export async function creerWorker(options: OptionsWorker): Promise<Worker> {
  const { configuration, dispositifs } = options;
  const journal = options.journal ?? creerJournal({ service: 'worker', niveau: configuration.niveauTraces });
  const sante = new Sante();
  const metriques = creerMetriques('worker');
  const app = await NestFactory.createApplicationContext(
    WorkerModule.pour({ ...options, role: ROLE_JOBS, observateurJobs: metriquesJobs(metriques) }),
    { logger: journalDeNest(journal), abortOnError: false },
  );

  const dataSource = app.get(DataSource);
  mesurerPool(metriques, dataSource);
  // Without a database there is no depth to tell, and the other figures matter all the more.
  mesurerProfondeur(metriques, () =>
    app
      .get(Profondeurs)
      .compter()
      .catch(() => []),
  );
  const serveur = new ServeurExploitation({ sante, metriques, journal });
  return {
    app,
    async demarrer() {
      await app.get(Ouvriers).demarrer();
      await app.get(Repartiteur).demarrer();
      sante.exiger(controleBase(dataSource), controleSchema(dataSource, dispositifs));
      return serveur.ecouter(configuration.worker);
    },
    async arreter() {
      sante.annoncerArret();
      // Probes are answered until the last job has ended.
      await app.close();
      await serveur.fermer();
    },
  };
}
