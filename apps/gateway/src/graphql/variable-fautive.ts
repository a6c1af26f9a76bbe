import {
  coerceInputValue,
  type GraphQLError,
  type GraphQLSchema,
  isInputType,
  Kind,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';

/** A field that is missing, or that nobody declares: the error stands at its object, and names it. */
const CHAMP_NOMME = /^Field "(\w{1,100})" (?:of required type|is not defined by)/;

/**
 * Gives each error of a variable's type the path of the value at fault, in `extensions.champ`: `['input', 'montant']`. graphql-js writes
 * that path in a sentence only, beside what the caller has sent; so the values are read again, which yields the same faults in the same
 * order.
 */
export function situerVariablesFautives(
  errors: readonly GraphQLError[],
  schema: GraphQLSchema,
  variables: Readonly<Record<string, unknown>>,
): void {
  const restants = new Map<VariableDefinitionNode, string[][]>();
  for (const erreur of errors) {
    const definition = variableDe(erreur);
    if (definition === undefined) continue;
    const chemins = restants.get(definition) ?? cheminsFautifs(definition, schema, variables);
    restants.set(definition, chemins);
    erreur.extensions['champ'] = chemins.shift() ?? [definition.variable.name.value];
  }
}

/** The variable whose value an error refuses; undefined when it is about something else. */
export function variableDe({ nodes, extensions }: GraphQLError): VariableDefinitionNode | undefined {
  const [noeud] = nodes ?? [];
  return extensions['code'] === 'BAD_USER_INPUT' && noeud?.kind === Kind.VARIABLE_DEFINITION ? noeud : undefined;
}

function cheminsFautifs(
  { variable, type: ecrit }: VariableDefinitionNode,
  schema: GraphQLSchema,
  variables: Readonly<Record<string, unknown>>,
): string[][] {
  const nom = variable.name.value;
  const type = typeFromAST(schema, ecrit);
  const chemins: string[][] = [];
  if (!isInputType(type)) return chemins;
  coerceInputValue(variables[nom], type, (chemin, _valeur, { message }) => {
    const champ = CHAMP_NOMME.exec(message)?.[1];
    chemins.push([nom, ...chemin.map(String), ...(champ === undefined ? [] : [champ])]);
  });
  return chemins;
}
