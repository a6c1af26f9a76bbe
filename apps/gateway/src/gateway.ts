import type { ApolloDriver, ApolloDriverConfig } from '@nestjs/apollo';
import { GraphQLModule } from '@nestjs/graphql';
import { NestFactory } from '@nestjs/core';
import { type DynamicModule, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Identite } from '@sillage/access';
import {
  type Composition,
  controleBase,
  controleSchema,
  creerJournal,
  creerMetriques,
  droitsDesDispositifs,
  type Journal,
  journalDeNest,
  mesurerPool,
  modulesCommuns,
  routesExploitation,
  Sante,
} from '@sillage/socle';
import { ReceptionService, TelechargementService } from '@sillage/core';
import { UniteDeTravail } from '@sillage/persistence';
import { Lectures, pluginLectures } from '@sillage/read';
import type { FastifyInstance } from 'fastify';
import { DataSource } from 'typeorm';
import { Debit } from './debit/debit.js';
import { depensePartagee } from './debit/depense-partagee.js';
import { routesGraphiql } from './graphiql/routes-graphiql.js';
import { FabriqueContexte } from './graphql/contexte.js';
import { MetriquesGraphql } from './graphql/metriques.js';
import { lireManifestes, type OperationsDeclarees } from './graphql/manifestes.js';
import { pluginOperations } from './graphql/operations.plugin.js';
import { CHEMIN_GRAPHQL, optionsApollo } from './graphql/options-apollo.js';
import { PiloteGraphql } from './graphql/pilote-graphql.js';
import { pluginSuivi } from './graphql/suivi.plugin.js';
import { VoieDirecte } from './graphql/voie-directe.js';
import { verifierOperations } from './graphql/verifier-operations.js';
import { AdaptateurHttp } from './http/adaptateur.js';
import { journaliserRequetes } from './http/journal-requetes.js';
import { routesPieces } from './pieces/routes-pieces.js';

export interface OptionsGateway extends Composition {
  /** Standard output by default. */
  readonly journal?: Journal;
}

/** Lists what the gateway is made of; no rule of the domain lives here. */
@Module({})
export class GatewayModule {
  static pour(
    options: OptionsGateway,
    journal: Journal,
    operations: OperationsDeclarees,
    serveur: FastifyInstance,
    surContextes: (contextes: FabriqueContexte) => void,
  ): DynamicModule {
    return {
      module: GatewayModule,
      imports: [...modulesCommuns(options), moduleGraphql(options, journal, operations, serveur, surContextes)],
    };
  }
}

/**
 * The GraphQL gateway, ready and not yet listening: call `listen`, then `close`. It holds no state that another instance
 * would miss.
 * @throws BaseDangereuse, ClesInaccessibles, DeclarationsIncompatibles, ConfigurationInvalide when it must not start
 */
export async function creerGateway(options: OptionsGateway): Promise<NestFastifyApplication> {
  const { configuration, dispositifs } = options;
  const operations = lireManifestes(configuration.operations.manifestes);
  const journal = options.journal ?? creerJournal({ service: 'gateway', niveau: configuration.niveauTraces });
  const logger = journalDeNest(journal);
  const sante = new Sante();
  const metriques = creerMetriques('gateway');
  const adaptateur = new AdaptateurHttp({
    journal,
    suivre: (id, suite) => logger.suivre(id, suite),
    sante,
    ...configuration.limites,
    mandataires: configuration.mandataires,
  });
  const serveur = adaptateur.getInstance<FastifyInstance>();
  routesExploitation(serveur, { sante, metriques });
  journaliserRequetes(serveur, CHEMIN_GRAPHQL, new MetriquesGraphql(metriques));
  if (configuration.environnement === 'development') routesGraphiql(serveur);
  let contextes: FabriqueContexte;
  routesPieces(serveur, () => ({
    contextes,
    reception: app.get(ReceptionService, { strict: false }),
    telechargement: app.get(TelechargementService, { strict: false }),
  }));

  const app: NestFastifyApplication = await NestFactory.create<NestFastifyApplication>(
    GatewayModule.pour(options, journal, operations, serveur, (fabrique) => (contextes = fabrique)),
    adaptateur,
    // Fastify reads JSON itself, within its limit; Nest would add forms.
    { bodyParser: false, logger, abortOnError: false },
  );
  try {
    await app.init();
    await serveur.ready();
    await verifierOperations(app.get<GraphQLModule<ApolloDriver>>(GraphQLModule).graphQlAdapter.instance, operations);
  } catch (erreur) {
    await app.close();
    throw erreur;
  }
  const dataSource = app.get(DataSource);
  mesurerPool(metriques, dataSource);
  sante.exiger(controleBase(dataSource), controleSchema(dataSource, dispositifs));
  return app;
}

function moduleGraphql(
  { configuration, dispositifs }: OptionsGateway,
  journal: Journal,
  declarees: OperationsDeclarees,
  serveur: FastifyInstance,
  surContextes: (contextes: FabriqueContexte) => void,
): DynamicModule {
  const droitsDispositifs = droitsDesDispositifs(dispositifs);
  return GraphQLModule.forRootAsync<ApolloDriverConfig>({
    driver: PiloteGraphql,
    inject: [Identite, Lectures, UniteDeTravail],
    useFactory: (identite: Identite, lectures: Lectures, unites: UniteDeTravail) => {
      const signaler = (err: unknown, requeteId: string): void => journal.error({ err, requeteId }, 'erreur imprévue');
      const debit = new Debit({
        ...configuration.limites,
        partager: depensePartagee(unites),
        signaler: (err) => journal.warn({ err }, 'les dépenses ne sont pas partagées'),
      });
      const bornes = { coutMax: configuration.limites.cout, debit };
      const contextes = new FabriqueContexte({
        identite,
        droitsDispositifs,
        departementParDefaut: configuration.departementParDefaut,
        anonymesAdmis: configuration.environnement === 'development',
        debit,
        signaler,
      });
      surContextes(contextes);
      const directe = new VoieDirecte({ chemin: CHEMIN_GRAPHQL, lectures, contextes, ...bornes });
      serveur.addHook('preHandler', directe.avantApollo);
      return optionsApollo({
        configuration,
        journal,
        contexte: (requete) => directe.contexte(requete),
        operations: pluginOperations({
          declarees,
          libres: configuration.operations.libres,
          introspection: !configuration.production,
          jetons: configuration.limites.jetons,
        }),
        lectures: [pluginLectures(lectures), directe.plugin],
        suivi: pluginSuivi({ ...bornes, signaler }),
      });
    },
  });
}
