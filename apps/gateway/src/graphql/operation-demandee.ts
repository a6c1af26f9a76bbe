import type { GraphQLRequest } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import { erreurProtocole } from './erreurs.js';

/** What a request asks to run: a text, the id of a declared operation, both, or neither, which Apollo refuses. */
export interface OperationDemandee {
  readonly texte: string | undefined;
  readonly id: string | undefined;
}

/** In `documentId`, as GraphQL over HTTP proposes it, before the digits of a SHA-256. */
const PREFIXE = 'sha256:';

/**
 * Reads the id where Apollo's clients put it (`extensions.persistedQuery`) and where GraphQL over HTTP proposes to
 * (`documentId`); the text as Apollo read it.
 * @throws GraphQLError BAD_REQUEST when one of them is malformed, or when they disagree
 */
export function operationDemandee({ query, extensions, http }: GraphQLRequest): OperationDemandee {
  const parExtension = idDePersistedQuery(extensions?.['persistedQuery']);
  const parDocument = http && idDeDocument(http);
  if (parExtension !== undefined && parDocument !== undefined && parExtension !== parDocument) {
    throw malFormee(
      '`documentId` et `extensions.persistedQuery` désignent deux opérations : n’envoyez que l’un des deux.',
    );
  }
  return { texte: query, id: parDocument ?? parExtension };
}

export function malFormee(precision: string): GraphQLError {
  return erreurProtocole('BAD_REQUEST', precision);
}

function idDePersistedQuery(persistedQuery: unknown): string | undefined {
  if (persistedQuery === undefined || persistedQuery === null) return undefined;
  const { version, sha256Hash } = { ...(persistedQuery as Record<string, unknown>) };
  if (version !== 1 || typeof sha256Hash !== 'string') {
    throw malFormee('`extensions.persistedQuery` s’écrit `{ "version": 1, "sha256Hash": "<identifiant>" }`.');
  }
  return sha256Hash;
}

function idDeDocument({ method, search, body }: NonNullable<GraphQLRequest['http']>): string | undefined {
  const valeurs: unknown[] = method === 'GET' ? new URLSearchParams(search).getAll('documentId') : [champ(body)];
  const [documentId, ...autres] = valeurs;
  if (documentId === undefined || documentId === null) return undefined;
  if (typeof documentId !== 'string' || autres.length > 0) {
    throw malFormee('`documentId` est un seul texte : `sha256:` suivi de l’identifiant de l’opération.');
  }
  return documentId.startsWith(PREFIXE) ? documentId.slice(PREFIXE.length) : documentId;
}

function champ(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'documentId' in body ? body.documentId : undefined;
}
