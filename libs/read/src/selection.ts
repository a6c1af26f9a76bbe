import {
  type FieldNode,
  type FragmentDefinitionNode,
  getArgumentValues,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { collectSubfields } from 'graphql/execution/collectFields.js';

/** An operation as graphql-js knows it once validated, with the variables of one request. */
export interface Operation {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A field as it will be answered: under which key, and every place that asks for it. */
export interface ChampChoisi {
  readonly cle: string;
  readonly nom: string;
  readonly noeud: FieldNode;
  readonly noeuds: readonly FieldNode[];
}

/**
 * The fields asked of a type below some nodes: fragments unfolded, conditions applied, same keys merged.
 */
export function champsChoisis(op: Operation, type: GraphQLObjectType, noeuds: readonly FieldNode[]): ChampChoisi[] {
  const champs = collectSubfields(op.schema, { ...op.fragments }, op.variables, type, noeuds);
  return [...champs].flatMap(([cle, choisis]) => {
    const [noeud] = choisis;
    if (noeud === undefined) return [];
    return [{ cle, nom: noeud.name.value, noeud, noeuds: choisis }];
  });
}

/** The object type of that name. */
export function typeObjet(schema: GraphQLSchema, nom: string): GraphQLObjectType {
  const type = schema.getType(nom);
  if (isObjectType(type)) return type;
  throw new Error(`Le schéma n’a pas de type objet « ${nom} » : il est lu, mais rien ne le montre.`);
}

/** The coerced arguments of a field. @throws GraphQLError */
export function argumentsDe(op: Operation, type: GraphQLObjectType, noeud: FieldNode): Record<string, unknown> {
  const champ = type.getFields()[noeud.name.value];
  return champ === undefined ? {} : getArgumentValues(champ, noeud, op.variables);
}

const conditions = new WeakMap<OperationDefinitionNode, readonly string[]>();

/** The variables that decide, by @skip or @include, which fields are asked: their values are a part of the request's shape. */
export function variablesDeCondition({ operation, fragments }: Operation): readonly string[] {
  let noms = conditions.get(operation);
  if (noms === undefined) {
    const trouves = new Set<string>();
    for (const noeud of [operation, ...Object.values(fragments)]) {
      visit(noeud, {
        Directive(directive) {
          for (const { value } of directive.arguments ?? [])
            if (value.kind === Kind.VARIABLE) trouves.add(value.name.value);
        },
      });
    }
    noms = [...trouves].sort();
    conditions.set(operation, noms);
  }
  return noms;
}
