import 'reflect-metadata';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module, ValidationPipe } from '@nestjs/common';
import { APP_GUARD, APP_PIPE, NestFactory } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AccompagnementResolver, AccompagnementService, NombreParEtatResolver } from './accompagnements.js';
import { CandidatureResolver, ConventionResolver, VersementResolver } from './candidatures.js';
import { ContexteRequete } from './contexte.js';
import {
  Accompagnement,
  Acte,
  Candidature,
  CandidatureTerritoire,
  Convention,
  Jeune,
  Structure,
  Territoire,
  Versement,
} from './entites.js';
import { GardeJeton } from './garde.js';

/**
 * NestJS, Apollo, TypeORM and DataLoader as their documentations write them: what a team that knows its trade has after a
 * sprint. The transaction that carries the tenant ends with the request.
 */
const { DATABASE_URL, PG_CONNEXIONS, PORT } = process.env;

interface Reponse {
  contextValue: { requete: ContexteRequete };
  errors?: readonly unknown[];
}

const finDeTransaction = {
  requestDidStart: async () => ({
    willSendResponse: async ({ contextValue, errors }: Reponse) => contextValue.requete.terminer(!errors?.length),
  }),
};

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'postgres',
      url: DATABASE_URL,
      poolSize: Number(PG_CONNEXIONS),
      installExtensions: false,
      entities: [
        Accompagnement,
        Acte,
        Candidature,
        CandidatureTerritoire,
        Convention,
        Jeune,
        Structure,
        Territoire,
        Versement,
      ],
    }),
    GraphQLModule.forRootAsync<ApolloDriverConfig>({
      driver: ApolloDriver,
      inject: [DataSource],
      useFactory: (source: DataSource) => ({
        autoSchemaFile: true,
        path: '/graphql',
        playground: false,
        introspection: false,
        plugins: [finDeTransaction as never],
        context: ({ req }: { req: ContexteRequete['req'] }) => ({
          // Under a name: Apollo copies the context's own properties for each operation.
          requete: new ContexteRequete(req, source),
        }),
      }),
    }),
  ],
  providers: [
    AccompagnementService,
    AccompagnementResolver,
    NombreParEtatResolver,
    CandidatureResolver,
    ConventionResolver,
    VersementResolver,
    { provide: APP_GUARD, useClass: GardeJeton },
    { provide: APP_PIPE, useValue: new ValidationPipe({ transform: true, whitelist: true }) },
  ],
})
class OrdinaireModule {}

const app = await NestFactory.create(OrdinaireModule, { logger: ['error', 'warn'] });
await app.listen(Number(PORT), '127.0.0.1');
