import { ApolloArmor } from '@escape.tech/graphql-armor';
import type { Configuration } from '@sillage/configuration';
import { GraphQLError, type ValidationContext, type ValidationRule } from 'graphql';

/** Carried by an error of ours until the formatter: Apollo gives every validation error its own code. */
export const CODE_LIMITE = 'REQUETE_TROP_GRANDE';

/** More than this on one operation is no request that somebody wrote. */
const DIRECTIVES_MAX = 50;

/**
 * What can be refused on the text alone: depth, aliases, directives. The number of tokens is graphql-js's own limit, and the
 * cost needs the variables (`analyser-operation.ts`): see docs/adr/0012.
 */
export function reglesDeValidation({ profondeur, alias }: Configuration['limites']): ValidationRule[] {
  const { validationRules } = new ApolloArmor({
    maxDepth: { n: profondeur, flattenFragments: true, ...refus(`elle compte plus de ${profondeur} niveaux`) },
    maxAliases: { n: alias, ...refus(`elle compte plus de ${alias} alias`) },
    maxDirectives: { n: DIRECTIVES_MAX, ...refus(`elle compte plus de ${DIRECTIVES_MAX} directives`) },
    costLimit: { enabled: false },
    maxTokens: { enabled: false },
    blockFieldSuggestion: { enabled: false },
  }).protect();
  return validationRules;
}

function refus(raison: string): {
  propagateOnRejection: false;
  onReject: ((contexte: ValidationContext | null) => void)[];
} {
  const signaler = (contexte: ValidationContext | null): void =>
    contexte?.reportError(erreurDeLimite(`La requête est trop grande : ${raison}.`));
  return { propagateOnRejection: false, onReject: [signaler] };
}

export function erreurDeLimite(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: CODE_LIMITE } });
}
