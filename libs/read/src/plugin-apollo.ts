import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import type { ContexteActeur } from '@sillage/access';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getVariableValues,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { collectFields } from 'graphql/execution/collectFields.js';
import type { Racine } from './declaration.js';
import type { Instruction } from './instructions.js';
import type { Lectures } from './lectures.js';
import type { Operation } from './selection.js';

/** The answer's data as PostgreSQL wrote it: it goes out without being read. */
export class DonneesEnTexte {
  constructor(readonly texte: string) {}
}

/** Apollo's `stringifyResult`: JSON, but for data that is text already. */
export function ecrireReponse({ data, ...reste }: { data?: unknown }): string {
  if (!(data instanceof DonneesEnTexte)) return JSON.stringify({ ...reste, ...(data !== undefined && { data }) });
  return `{"data":${data.texte}}`;
}

interface ChampLu {
  readonly cle: string;
  readonly racine: Racine;
  readonly noeuds: readonly FieldNode[];
}

interface LecturePreparee extends ChampLu {
  readonly instruction: Instruction;
}

/** A validated operation and the variables of one request. */
export interface DemandeDeLecture {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Record<string, unknown> | undefined;
}

/**
 * The answer's data, as PostgreSQL wrote it, of a query whose every root field is a declared read. Null for anything else, and
 * for any request that is at fault: graphql-js knows how to say what is wrong.
 */
export async function lireEnTexte(
  lectures: Lectures,
  contexte: ContexteActeur,
  { schema, document, operation, variables }: DemandeDeLecture,
): Promise<DonneesEnTexte | null> {
  if (operation.operation !== OperationTypeNode.QUERY) return null;
  const op = operationDe(schema, document, operation, variables);
  const preparees = op && preparer(lectures, contexte, op);
  const textes = preparees && (await lireTout(lectures, contexte, preparees, operation.name?.value ?? null));
  return textes && new DonneesEnTexte(`{${textes.join(',')}}`);
}

/** Answers reads without executing them field by field. It comes after validation, limits and identity. */
export function pluginLectures(lectures: Lectures): ApolloServerPlugin<{ contexte: ContexteActeur | undefined }> {
  return {
    requestDidStart: async () => ({
      async responseForOperation({ schema, document, operation, request, contextValue: { contexte } }) {
        // Several operations and no name: Apollo still comes here, and refuses next.
        if (contexte === undefined || (operation as OperationDefinitionNode | undefined) === undefined) return null;
        const data = await lireEnTexte(lectures, contexte, {
          schema,
          document,
          operation,
          variables: request.variables,
        });
        if (!data) return null;
        return {
          http: { headers: new HeaderMap() },
          body: { kind: 'single', singleResult: { data: data as unknown as Record<string, unknown> } },
        };
      },
    }),
  };
}

type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

/** Apollo gives the same object for the same text. */
const fragmentsConnus = new WeakMap<DocumentNode, Fragments>();

/** The fragments of a document by their name. */
export function fragmentsDe(document: DocumentNode): Fragments {
  const connus = fragmentsConnus.get(document);
  if (connus) return connus;
  const definis = document.definitions.filter((d) => d.kind === Kind.FRAGMENT_DEFINITION);
  const fragments = Object.fromEntries(definis.map((fragment) => [fragment.name.value, fragment]));
  fragmentsConnus.set(document, fragments);
  return fragments;
}

function operationDe(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  donnees: Record<string, unknown> = {},
): Operation | null {
  const { coerced: variables } = getVariableValues(schema, operation.variableDefinitions ?? [], donnees);
  return variables ? { schema, operation, fragments: fragmentsDe(document), variables } : null;
}

function preparer(lectures: Lectures, contexte: ContexteActeur, op: Operation): LecturePreparee[] | null {
  const champs = essayer(() => champsLus(lectures, op));
  if (!champs) return null;
  const preparees: LecturePreparee[] = [];
  for (const champ of champs) {
    const instruction = essayer(() => lectures.preparerTexte(contexte, op, champ.racine, champ.noeuds));
    if (!instruction) return null;
    preparees.push({ ...champ, instruction });
  }
  return preparees;
}

/** What is wrong with a request is said by graphql-js, in its place in the answer. */
function essayer<T>(faire: () => T): T | null {
  try {
    return faire();
  } catch {
    return null;
  }
}

function champsLus(lectures: Lectures, { schema, fragments, variables, operation }: Operation): ChampLu[] | null {
  const query = schema.getQueryType();
  if (!query) return null;
  const lus: ChampLu[] = [];
  for (const [cle, noeuds] of collectFields(schema, { ...fragments }, variables, query, operation.selectionSet)) {
    const racine = lectures.registre.racine(noeuds[0]?.name.value ?? '');
    if (!racine) return null;
    lus.push({ cle, racine, noeuds });
  }
  return lus;
}

async function lireTout(
  lectures: Lectures,
  contexte: ContexteActeur,
  preparees: readonly LecturePreparee[],
  operation: string | null,
): Promise<string[] | null> {
  const lues = await Promise.allSettled(
    preparees.map(({ instruction, racine }) =>
      lectures.texte(contexte, instruction, { depart: racine.nom, operation }),
    ),
  );
  let echec = false;
  const textes = lues.map((lue, rang) => {
    const { cle, noeuds } = preparees[rang] as LecturePreparee;
    if (lue.status === 'fulfilled') return `"${cle}":${lue.value}`;
    echec = true;
    if (noeuds[0]) lectures.noterEchec(contexte, noeuds[0], lue.reason);
    return '';
  });
  return echec ? null : textes;
}
