import { type DynamicModule, Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { refuserSiDangereux, type RoleServant } from './catalogue/refuser-si-dangereux.js';
import { Outbox } from './outbox.js';
import { creerDataSource, type OptionsSource } from './source-de-donnees.js';
import { UniteDeTravail } from './unite-de-travail.js';

const DELAI_DE_FIN_MS = 10_000;

export interface OptionsPersistence extends OptionsSource {
  /** The role that the address must name: `sillage_app` by default. */
  readonly role?: RoleServant | undefined;
}

/**
 * Gives every module the data source, the unit of work and the outbox. Refuses to start on a database that does not keep tenants apart.
 * Last to close: it waits for the units in hand, then ends the pool.
 */
@Global()
@Module({})
export class SillagePersistenceModule implements OnApplicationShutdown {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unite: UniteDeTravail,
  ) {}

  static forRoot(options: OptionsPersistence): DynamicModule {
    return {
      module: SillagePersistenceModule,
      providers: [{ provide: DataSource, useFactory: () => ouvrir(options) }, UniteDeTravail, Outbox],
      exports: [DataSource, UniteDeTravail, Outbox],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.unite.fermer(DELAI_DE_FIN_MS);
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

async function ouvrir({ role, ...options }: OptionsPersistence): Promise<DataSource> {
  const dataSource = await creerDataSource(options).initialize();
  try {
    await refuserSiDangereux(dataSource, role);
    return dataSource;
  } catch (refus) {
    await dataSource.destroy();
    throw refus;
  }
}
