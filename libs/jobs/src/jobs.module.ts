import { Global, Logger, Module } from '@nestjs/common';
import type { BeforeApplicationShutdown, DynamicModule } from '@nestjs/common';
import { type Horloge, horlogeSysteme } from '@sillage/kernel';
import { fabriquerFiles } from './files.js';
import type { ConfigurationFile } from './files.js';
import { FILES, HORLOGE_JOBS, JOURNAL, OBSERVATEUR, REGLAGES } from './jetons.js';
import type { Journal } from './journal.js';
import { OBSERVATEUR_MUET } from './observateur.js';
import type { ObservateurJobs } from './observateur.js';
import { Ouvriers } from './ouvriers.js';
import { Profondeurs } from './profondeurs.js';
import { REGLAGES_PAR_DEFAUT } from './reglages.js';
import type { ReglagesJobs } from './reglages.js';
import { JobsQuotidiens } from './quotidiens.js';
import { RegistreJobs } from './registre.js';
import { Repartiteur } from './repartiteur.js';
import { Reprises } from './reprise.js';
import { TraitementJob } from './traitement.js';

export interface OptionsJobs {
  file: ConfigurationFile;
  /** Changes to the defaults. */
  reglages?: Partial<ReglagesJobs>;
  observateur?: ObservateurJobs;
  /** Says when daily jobs are due; the system's by default. */
  horloge?: Horloge;
  journal?: Journal;
}

/**
 * The jobs of a process. Needs `SillagePersistenceModule`. Opens nothing by itself: the worker calls `Repartiteur.demarrer` and
 * `Ouvriers.demarrer` once its modules have declared their jobs; the gateway calls neither and has `Reprises`.
 */
@Global()
@Module({})
export class SillageJobsModule implements BeforeApplicationShutdown {
  constructor(
    private readonly repartiteur: Repartiteur,
    private readonly ouvriers: Ouvriers,
  ) {}

  static forRoot({
    file,
    reglages,
    observateur,
    horloge = horlogeSysteme,
    journal = new Logger('Jobs'),
  }: OptionsJobs): DynamicModule {
    const tous = { ...REGLAGES_PAR_DEFAUT, ...reglages };
    return {
      module: SillageJobsModule,
      providers: [
        { provide: REGLAGES, useValue: tous },
        { provide: JOURNAL, useValue: journal },
        { provide: HORLOGE_JOBS, useValue: horloge },
        { provide: OBSERVATEUR, useValue: observateur ?? OBSERVATEUR_MUET },
        { provide: FILES, useFactory: () => fabriquerFiles(file, tous, journal) },
        RegistreJobs,
        JobsQuotidiens,
        TraitementJob,
        Repartiteur,
        Ouvriers,
        Reprises,
        Profondeurs,
      ],
      exports: [RegistreJobs, Repartiteur, Ouvriers, Reprises, Profondeurs],
    };
  }

  /** Before the data source closes: jobs at work still need it. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.repartiteur.arreter();
    await this.ouvriers.arreter();
  }
}
