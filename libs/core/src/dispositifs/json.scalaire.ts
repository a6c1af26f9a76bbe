import { GraphQLScalarType, valueFromASTUntyped } from 'graphql';

/** A JSON value as it is: a schema that we publish, or a value whose shape only a declaration knows. */
export const JsonScalaire = new GraphQLScalarType<unknown, unknown>({
  name: 'Json',
  description: 'Valeur JSON quelconque : texte, nombre, booléen, liste ou objet.',
  serialize: (valeur) => valeur,
  parseValue: (valeur) => valeur,
  parseLiteral: (noeud, variables) => valueFromASTUntyped(noeud, variables),
});
