import { HeaderMap } from '@apollo/server';
import { type CodeProtocole, CODES_PROTOCOLE } from '@sillage/kernel';
import { GraphQLError } from 'graphql';

/** How each protocol code shows over HTTP when it is the whole answer (GraphQL over HTTP, RFC 6750 for tokens). */
const STATUTS: Readonly<Record<CodeProtocole, number>> = {
  NON_AUTHENTIFIE: 401,
  JETON_INVALIDE: 401,
  NON_HABILITE: 403,
  DEPARTEMENT_INCONNU: 400,
  REQUETE_TROP_GRANDE: 400,
  PAGE_TROP_GRANDE: 400,
  CURSEUR_INVALIDE: 400,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  BAD_USER_INPUT: 400,
  BAD_REQUEST: 400,
  OPERATION_RESOLUTION_FAILURE: 400,
  OPERATION_NON_DECLAREE: 400,
  // Apollo's clients send the text next; some of them read no body but a 200's.
  PERSISTED_QUERY_NOT_FOUND: 200,
  TROP_DE_REQUETES: 429,
  SERVICE_INDISPONIBLE: 503,
  ERREUR_INTERNE: 500,
};

const REESSAYER_SECONDES = 5;

export interface Complement {
  /** Path of what is at fault. */
  readonly champ?: readonly string[];
  /** Seconds to wait before the next attempt. */
  readonly attendre?: number;
}

/** A protocol fault that ends the request, with its HTTP status. The message is the code's own unless `precision` says more. */
export function erreurProtocole(
  code: CodeProtocole,
  precision: string = CODES_PROTOCOLE[code].description,
  { champ, attendre = REESSAYER_SECONDES }: Complement = {},
): GraphQLError {
  return new GraphQLError(precision, {
    extensions: {
      code,
      ...(champ && { champ }),
      http: { status: STATUTS[code], headers: new HeaderMap(Object.entries(entetes(code, attendre))) },
    },
  });
}

/** Headers that go with a code. */
export function entetes(code: CodeProtocole, attendre = REESSAYER_SECONDES): Record<string, string> {
  switch (code) {
    case 'NON_AUTHENTIFIE':
      return { 'www-authenticate': 'Bearer realm="sillage"' };
    case 'JETON_INVALIDE':
      return { 'www-authenticate': 'Bearer realm="sillage", error="invalid_token"' };
    case 'TROP_DE_REQUETES':
    case 'SERVICE_INDISPONIBLE':
      return { 'retry-after': String(attendre) };
    default:
      return {};
  }
}

export function estCodeProtocole(code: unknown): code is CodeProtocole {
  return typeof code === 'string' && Object.hasOwn(CODES_PROTOCOLE, code);
}
