import { type ASTNode, BREAK, type DocumentNode, Kind, visit } from 'graphql';

/** Where it was found: a variable by its `$name`, or the fields and the argument that lead to a literal. */
export type CheminTexte = readonly string[];

/** What PostgreSQL cannot keep, though JSON and GraphQL can write it: U+0000, and half of a surrogate pair. */
function estInterdit(texte: string): boolean {
  return texte.includes('\0') || !texte.isWellFormed();
}

/** Where a request holds the first text that nobody could keep; undefined when there is none. Pure, linear in its size. */
export function texteInterdit(
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): CheminTexte | undefined {
  return dansLesVariables(variables) ?? dansLeDocument(document);
}

interface Etape {
  readonly valeur: unknown;
  readonly cle: string;
  readonly parent: Etape | undefined;
}

/** By a stack of its own: the depth of a variable is the caller's choice. */
function dansLesVariables(variables: Readonly<Record<string, unknown>>): CheminTexte | undefined {
  const enfants = (valeur: object, parent?: Etape): Etape[] =>
    Object.entries(valeur)
      .map(([cle, v]) => ({ valeur: v as unknown, cle: parent === undefined ? `$${cle}` : cle, parent }))
      .reverse();
  const restent = enfants(variables);
  for (let etape = restent.pop(); etape !== undefined; etape = restent.pop()) {
    const { valeur, cle, parent } = etape;
    // A bad key cannot be shown: the object that has it is.
    if (estInterdit(cle)) return chemin(parent);
    if (typeof valeur === 'string' && estInterdit(valeur)) return chemin(etape);
    if (typeof valeur === 'object' && valeur !== null)
      for (const enfant of enfants(valeur, etape)) restent.push(enfant);
  }
  return undefined;
}

function chemin(derniere: Etape | undefined): string[] {
  const cles: string[] = [];
  for (let etape = derniere; etape !== undefined; etape = etape.parent) cles.push(etape.cle);
  return cles.reverse();
}

/** Documents that hold none: Apollo gives the same object for the same text. */
const propres = new WeakSet<DocumentNode>();

function dansLeDocument(document: DocumentNode): CheminTexte | undefined {
  if (propres.has(document)) return undefined;
  const noms: string[] = [];
  let trouve: string[] | undefined;
  visit(document, {
    enter(noeud, cle) {
      const nom = nomDe(noeud, cle);
      if (nom !== undefined) noms.push(nom);
      if (noeud.kind !== Kind.STRING || !estInterdit(noeud.value)) return undefined;
      trouve = [...noms];
      return BREAK;
    },
    leave(noeud, cle) {
      if (nomDe(noeud, cle) !== undefined) noms.pop();
    },
  });
  if (trouve === undefined) propres.add(document);
  return trouve;
}

function nomDe(noeud: ASTNode, cle: string | number | undefined): string | undefined {
  switch (noeud.kind) {
    case Kind.FIELD:
      return noeud.alias?.value ?? noeud.name.value;
    case Kind.ARGUMENT:
    case Kind.OBJECT_FIELD:
      return noeud.name.value;
    case Kind.VARIABLE_DEFINITION:
      return `$${noeud.variable.name.value}`;
    case Kind.STRING:
    case Kind.OBJECT:
    case Kind.LIST:
      return typeof cle === 'number' ? String(cle) : undefined;
    default:
      return undefined;
  }
}
