import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLModule, GraphQLSchemaHost } from '@nestjs/graphql';
import { Coffre, Habilitations, Identite } from '@sillage/access';
import { SillageCoreModule } from '@sillage/core';
import type { Dispositif } from '@sillage/dispositif-kit';
import { SillageJobsModule } from '@sillage/jobs';
import { horlogeSysteme } from '@sillage/kernel';
import { creerDataSource, Outbox, UniteDeTravail } from '@sillage/persistence';
import { entites } from '@sillage/socle';
import { printSchema } from 'graphql';
import { DataSource } from 'typeorm';
import { OPTIONS_SCHEMA } from './graphql/options-apollo.js';

/** Never connected to. */
const NULLE_PART = 'postgresql://sillage_app@127.0.0.1:1/sillage';

/** The schema that a gateway with these dispositifs serves, as text. Needs no database and no configuration. */
export async function imprimerSchema({ dispositifs }: { dispositifs: readonly Dispositif[] }): Promise<string> {
  const dataSource = creerDataSource({ url: NULLE_PART, connexions: 1, entites: entites(dispositifs) });
  const habilitations = new Habilitations(horlogeSysteme);

  @Global()
  @Module({
    providers: [
      { provide: DataSource, useValue: dataSource },
      { provide: Habilitations, useValue: habilitations },
      { provide: Coffre, useValue: null },
      { provide: Identite, useValue: null },
      UniteDeTravail,
      Outbox,
    ],
    exports: [Coffre, DataSource, Habilitations, Identite, UniteDeTravail, Outbox],
  })
  class SansBase {}

  @Module({
    imports: [
      SansBase,
      SillageJobsModule.forRoot({ file: { backend: 'postgres', url: NULLE_PART } }),
      SillageCoreModule.forRoot({ dispositifs, horloge: horlogeSysteme }),
      GraphQLModule.forRoot(OPTIONS_SCHEMA),
    ],
  })
  class SchemaModule {}

  const app = await NestFactory.createApplicationContext(SchemaModule, { logger: false, abortOnError: false });
  try {
    return `${printSchema(app.get(GraphQLSchemaHost).schema)}\n`;
  } finally {
    await app.close();
  }
}
