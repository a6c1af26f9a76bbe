import {
  type ArgumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';

export interface AnalyseOperation {
  /** How many objects the answer may hold: each object counts for one, times the size of every page and list around it. */
  readonly cout: number;
  /** What it takes from its caller's budget: its cost, and {@link POINTS_MUTATION} for each mutation. */
  readonly points: number;
  /** Sizes asked by `first` or `last`, literal or by variable, anywhere in the operation. */
  readonly pages: readonly number[];
  /** Whether it asks for nothing but `__typename` and the schema. */
  readonly introspectionSeule: boolean;
}

export interface OperationAAnalyser {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Size of a page when the request does not say. */
const PAGE_PAR_DEFAUT = 50;
/** What a list that is not a page is supposed to hold: such lists are short by design, others must be pages. */
const LISTE_SUPPOSEE = 3;
const TAILLES = ['first', 'last'];
/** A mutation holds locks and writes: it counts as a page of a list. */
const POINTS_MUTATION = 50;

/** What is known of operations whose pages have literal sizes: Apollo gives the same object for the same text. */
const connues = new WeakMap<OperationDefinitionNode, AnalyseOperation>();

/** Reads a validated operation with its variables. Pure; linear in the size of the document, whatever its fragments repeat. */
export function analyserOperation(entree: OperationAAnalyser): AnalyseOperation {
  const connue = connues.get(entree.operation);
  if (connue !== undefined) return connue;
  const analyse = new Analyse(entree);
  const resultat = analyse.resultat();
  if (!analyse.dependDesVariables) connues.set(entree.operation, resultat);
  return resultat;
}

class Analyse {
  readonly #pages: number[] = [];
  readonly #fragmentsVus = new Map<string, number>();
  readonly #valeursParDefaut: ReadonlyMap<string, number>;
  /** Fields of the root, `__typename` and the schema apart. */
  #racines = 0;
  /** Whether the size of a page comes by a variable. */
  dependDesVariables = false;

  constructor(private readonly entree: OperationAAnalyser) {
    this.#valeursParDefaut = new Map(
      (entree.operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
        defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)] as const] : [],
      ),
    );
  }

  resultat(): AnalyseOperation {
    const { schema, operation } = this.entree;
    const racine = schema.getRootType(operation.operation);
    const cout = this.#selections(operation.selectionSet, racine ?? undefined, undefined, true);
    const points = cout + (operation.operation === OperationTypeNode.MUTATION ? POINTS_MUTATION * this.#racines : 0);
    return { cout, points, pages: this.#pages, introspectionSeule: this.#racines === 0 };
  }

  #selections(
    { selections }: SelectionSetNode,
    parent: GraphQLNamedType | undefined,
    page: number | undefined,
    racine: boolean,
  ): number {
    let cout = 0;
    for (const selection of selections) {
      switch (selection.kind) {
        case Kind.FIELD:
          cout += this.#champ(selection, parent, page, racine);
          break;
        case Kind.INLINE_FRAGMENT:
          cout += this.#selections(
            selection.selectionSet,
            this.#type(selection.typeCondition?.name.value) ?? parent,
            page,
            racine,
          );
          break;
        case Kind.FRAGMENT_SPREAD:
          cout += this.#fragment(selection.name.value, page, racine);
          break;
      }
    }
    return cout;
  }

  /** A fragment weighs the same wherever it is spread under a page of the same size: it is read once. */
  #fragment(nom: string, page: number | undefined, racine: boolean): number {
    const cle = `${nom} ${page ?? ''} ${racine}`;
    const connu = this.#fragmentsVus.get(cle);
    if (connu !== undefined) return connu;
    const fragment = this.entree.fragments[nom];
    if (fragment === undefined) return 0;
    const cout = this.#selections(fragment.selectionSet, this.#type(fragment.typeCondition.name.value), page, racine);
    this.#fragmentsVus.set(cle, cout);
    return cout;
  }

  #champ(noeud: FieldNode, parent: GraphQLNamedType | undefined, page: number | undefined, racine: boolean): number {
    // `__typename`, `__schema` and `__type` cost no row.
    if (noeud.name.value.startsWith('__')) return 0;
    if (racine) this.#racines += 1;
    const tailles = (noeud.arguments ?? [])
      .filter(({ name }) => TAILLES.includes(name.value))
      .flatMap((a) => this.#taille(a));
    this.#pages.push(...tailles);
    const champ = definitionDuChamp(parent, noeud.name.value);
    if (champ === undefined || noeud.selectionSet === undefined) return 0;
    const nommee = getNamedType(champ.type);
    if (!isCompositeType(nommee)) return 0;

    const enListe = isListType(getNullableType(champ.type));
    const pageInterne = champ.args.some(({ name }) => TAILLES.includes(name))
      ? Math.max(tailles.at(0) ?? PAGE_PAR_DEFAUT, 1)
      : undefined;
    // A page's size counts at its first list (`nodes`, `edges`), not for what stands beside it (`pageInfo`).
    const nombre = enListe ? (pageInterne ?? page ?? LISTE_SUPPOSEE) : 1;
    return nombre * (1 + this.#selections(noeud.selectionSet, nommee, enListe ? undefined : pageInterne, false));
  }

  #taille({ value }: ArgumentNode): number[] {
    if (value.kind === Kind.INT) return [Number(value.value)];
    if (value.kind !== Kind.VARIABLE) return [];
    this.dependDesVariables = true;
    const { variables } = this.entree;
    const nom = value.name.value;
    // A variable may be named as what every object has.
    const taille = Object.hasOwn(variables, nom) ? variables[nom] : this.#valeursParDefaut.get(nom);
    // A variable of another type counts for nothing here: execution refuses it.
    return typeof taille === 'number' ? [taille] : [];
  }

  #type(nom: string | undefined): GraphQLNamedType | undefined {
    return nom === undefined ? undefined : this.entree.schema.getType(nom);
  }
}

function definitionDuChamp(
  parent: GraphQLNamedType | undefined,
  nom: string,
): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[nom] : undefined;
}
