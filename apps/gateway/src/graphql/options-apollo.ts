import type { ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import type { Configuration } from '@sillage/configuration';
import { ecrireReponse, resolveurParDefaut } from '@sillage/read';
import type { Journal } from '@sillage/socle';
import type { FastifyRequest } from 'fastify';
import type { ContexteGraphql } from './contexte.js';
import { formaterErreur, formaterErreurSansSuggestion } from './formater-erreur.js';
import { PiloteGraphql } from './pilote-graphql.js';
import { reglesDeValidation } from './regles-de-validation.js';

export const CHEMIN_GRAPHQL = '/graphql';

/** Selections once fragments are unfolded. The schema's own description, the largest honest request, has about two hundred. */
const SELECTIONS_MAX = 5_000;

/** Errors that one answer tells; the rest is known once these are corrected. */
const ERREURS_MAX = 20;

/** How the schema is made, the same for whoever serves it and whoever prints it. */
export const OPTIONS_SCHEMA = {
  driver: PiloteGraphql,
  sortSchema: true,
  buildSchemaOptions: { noDuplicatedFields: true },
  graphiql: false,
} as const satisfies ApolloDriverConfig;

export interface OptionsApollo {
  readonly configuration: Configuration;
  readonly journal: Journal;
  readonly contexte: (requete: FastifyRequest) => Promise<ContexteGraphql>;
  readonly operations: ApolloServerPlugin<ContexteGraphql>;
  readonly suivi: ApolloServerPlugin<ContexteGraphql>;
  readonly lectures: readonly ApolloServerPlugin<ContexteGraphql>[];
}

/** Apollo with every limit and every default that matters written down. */
export function optionsApollo({
  configuration,
  journal,
  contexte,
  operations,
  suivi,
  lectures,
}: OptionsApollo): ApolloDriverConfig {
  const { production, limites } = configuration;
  return {
    ...OPTIONS_SCHEMA,
    path: CHEMIN_GRAPHQL,
    // Nest's guards would not see every field; access is decided before execution and in services.
    fieldResolverEnhancers: [],
    context: contexte,
    plugins: [
      operations,
      suivi,
      ...lectures,
      // 1.5 ms a request for headers that nobody reads.
      ApolloServerPluginCacheControlDisabled(),
      // An APOLLO_KEY forgotten in the environment must not send anything to anybody.
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
    ],
    fieldResolver: resolveurParDefaut,
    stringifyResult: ecrireReponse,
    formatError: production ? formaterErreurSansSuggestion : formaterErreur,
    autoTransformHttpErrors: false,
    nodeEnv: configuration.environnement,
    introspection: !production,
    // The order of names is for those who read the schema.
    sortSchema: !production,
    hideSchemaDetailsFromClientErrors: production,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    // Ids are resolved by `operations`; nobody registers a text by sending it.
    persistedQueries: false,
    parseOptions: { maxTokens: limites.jetons },
    validationRules: reglesDeValidation(limites),
    maxRecursiveSelections: SELECTIONS_MAX,
    validationOptions: { maxErrors: ERREURS_MAX },
    stopOnTerminationSignals: false,
    logger: journalApollo(journal),
  };
}

/** Apollo writes errors into its sentences: only that it spoke is kept; what happened is written by `suivi`. */
function journalApollo(journal: Journal): NonNullable<ApolloDriverConfig['logger']> {
  const dire = (niveau: 'debug' | 'warn' | 'error') => (): void =>
    journal[niveau]({ source: 'apollo' }, 'message d’Apollo Server');
  return { debug: dire('debug'), info: dire('debug'), warn: dire('warn'), error: dire('error') };
}
