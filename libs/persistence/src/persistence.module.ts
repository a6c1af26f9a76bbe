import { type DynamicModule, Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Outbox } from './outbox.js';
import { creerDataSource, type OptionsSource } from './source-de-donnees.js';
import { UniteDeTravail } from './unite-de-travail.js';

const DELAI_DE_FIN_MS = 10_000;

/**
 * Gives every module the data source, the unit of work and the outbox. Last to close: it waits for the units in hand,
 * then ends the pool.
 */
@Global()
@Module({})
export class SillagePersistenceModule implements OnApplicationShutdown {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unite: UniteDeTravail,
  ) {}

  static forRoot(options: OptionsSource): DynamicModule {
    return {
      module: SillagePersistenceModule,
      providers: [
        { provide: DataSource, useFactory: () => creerDataSource(options).initialize() },
        UniteDeTravail,
        Outbox,
      ],
      exports: [DataSource, UniteDeTravail, Outbox],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.unite.fermer(DELAI_DE_FIN_MS);
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}
