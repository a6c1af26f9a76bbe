import { defaultFieldResolver, type GraphQLFieldResolver } from 'graphql';
import { MARQUE } from './suite.js';

/** A field that was read once for each alias under which it is asked. */
export class ParAlias {
  constructor(readonly parCle: ReadonlyMap<string, unknown>) {}
}

/**
 * How graphql-js finds a field that no resolver makes: in a row that a statement made, under the answer's key; in any other
 * object, under the field's name.
 */
export const resolveurParDefaut: GraphQLFieldResolver<unknown, unknown> = (source, args, contexte, info) => {
  if (typeof source === 'object' && source !== null && MARQUE in source) {
    return (source as Record<string, unknown>)[String(info.path.key)];
  }
  const valeur: unknown = defaultFieldResolver(source, args as never, contexte, info);
  return valeur instanceof ParAlias ? valeur.parCle.get(String(info.path.key)) : valeur;
};
