import type { ApolloServerPlugin, GraphQLRequest } from '@apollo/server';
import { CODES_PROTOCOLE } from '@sillage/kernel';
import { GraphQLError, Kind, parse } from 'graphql';
import type { ContexteGraphql } from './contexte.js';
import { erreurProtocole } from './erreurs.js';
import { empreinte, type OperationsDeclarees } from './manifestes.js';
import { malFormee, operationDemandee } from './operation-demandee.js';

export interface OptionsOperations {
  readonly declarees: OperationsDeclarees;
  /** Whether a text that no manifest declares runs too. */
  readonly libres: boolean;
  /** Whether the schema may be asked for: whoever may read it needs no manifest for that. */
  readonly introspection: boolean;
  /** Most tokens of a text. */
  readonly jetons: number;
}

/**
 * What Apollo reads instead of a request that is refused. Its pipeline lets nobody refuse before `didResolveOperation`, and by
 * then the caller's own text would have been parsed and validated, which tells about the schema.
 */
const TEXTE_NEUTRE = '{ __typename }';

/**
 * Runs declared operations by their id and, where the others are not free, refuses these before they are read. Without a
 * manifest it does nothing. The text goes to Apollo as if the caller had sent it, so that every limit applies and the same
 * operation is always the same document of Apollo's store.
 */
export function pluginOperations(options: OptionsOperations): ApolloServerPlugin<ContexteGraphql> {
  if (options.declarees.size === 0) return {};
  return {
    async requestDidStart({ request }) {
      const texte = texteAdmis(request, options);
      if (texte instanceof GraphQLError) {
        remplacer(request, TEXTE_NEUTRE);
        return {
          didResolveOperation: async () => {
            throw texte;
          },
        };
      }
      remplacer(request, texte);
      return undefined;
    },
  };
}

/** The text to run, undefined when there is none at all; or why it may not. */
function texteAdmis(
  request: GraphQLRequest,
  { declarees, libres, introspection, jetons }: OptionsOperations,
): string | undefined | GraphQLError {
  try {
    const { texte, id } = operationDemandee(request);
    if (texte === undefined) {
      if (id === undefined) return undefined;
      const declaree = declarees.get(id);
      return declaree?.texte ?? refus(libres ? 'PERSISTED_QUERY_NOT_FOUND' : 'OPERATION_NON_DECLAREE');
    }
    const sienne = empreinte(texte);
    if (id !== undefined && id !== sienne) {
      return malFormee(
        'L’identifiant n’est pas le SHA-256 de `query` : envoyez l’un sans l’autre, ou les deux d’accord.',
      );
    }
    if (libres || declarees.has(sienne) || SONDE.test(texte)) return texte;
    if (introspection && schemaSeul(texte, jetons)) return texte;
    return refus('OPERATION_NON_DECLAREE');
  } catch (erreur) {
    if (erreur instanceof GraphQLError) return erreur;
    throw erreur;
  }
}

/** Whoever reads it builds a front-end: it says what to do as well. */
function refus(code: 'OPERATION_NON_DECLAREE' | 'PERSISTED_QUERY_NOT_FOUND'): GraphQLError {
  const { description, suite } = CODES_PROTOCOLE[code];
  return erreurProtocole(code, `${description} ${suite}`);
}

function remplacer(request: GraphQLRequest, texte: string | undefined): void {
  if (texte !== undefined) request.query = texte;
  if (request.extensions === undefined) return;
  const { persistedQuery: _lue, ...autres } = request.extensions;
  request.extensions = autres;
}

/** What probes ask: it reads nothing, and says nothing of the schema. */
const SONDE = /^\s*(query(\s+\w+)?\s*)?\{\s*__typename\s*\}\s*$/;

const CHAMPS_DU_SCHEMA = new Set(['__typename', '__schema', '__type']);

function schemaSeul(texte: string, maxTokens: number): boolean {
  try {
    return parse(texte, { maxTokens, noLocation: true })
      .definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
      .flatMap(({ selectionSet }) => selectionSet.selections)
      .every((selection) => selection.kind === Kind.FIELD && CHAMPS_DU_SCHEMA.has(selection.name.value));
  } catch {
    return false;
  }
}
