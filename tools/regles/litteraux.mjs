import ts from 'typescript';

/**
 * The strings, templates and regular expressions of a TypeScript text, its comments apart.
 *
 * @param {string} texte
 * @param {{ bloc?: string | undefined, titres?: boolean }} [options] `bloc`: title of the `describe` outside which nothing is read;
 *   `titres`: whether the titles of tests are read too
 * @returns {string[]}
 */
export function litteraux(texte, { bloc, titres = true } = {}) {
  /** @type {string[]} */
  const trouves = [];
  /** @type {(noeud: ts.Node, dedans: boolean) => void} */
  const lire = (noeud, dedans) => {
    if (ts.isStringLiteralLike(noeud) && estTitre(noeud)) {
      if (dedans && titres) trouves.push(noeud.text);
      return;
    }
    const ici = dedans || titreDuBloc(noeud) === bloc;
    if (ici && estLitteral(noeud)) trouves.push(noeud.text);
    ts.forEachChild(noeud, (enfant) => lire(enfant, ici));
  };
  lire(ts.createSourceFile('spec.ts', texte, ts.ScriptTarget.Latest, true), bloc === undefined);
  return trouves;
}

/** @type {(noeud: ts.Node) => string | undefined} */
function titreDuBloc(noeud) {
  if (!ts.isCallExpression(noeud) || noeud.expression.getText() !== 'describe') return undefined;
  const [titre] = noeud.arguments;
  return titre !== undefined && ts.isStringLiteralLike(titre) ? titre.text : undefined;
}

/** The first argument of `it`, of `describe`, or of what their `each` makes. @type {(noeud: ts.Node) => boolean} */
function estTitre(noeud) {
  const { parent } = noeud;
  if (!ts.isCallExpression(parent) || parent.arguments[0] !== noeud) return false;
  return /^(it|test|describe)\b/.test(parent.expression.getText());
}

/** @type {(noeud: ts.Node) => noeud is ts.LiteralLikeNode} */
function estLitteral(noeud) {
  return (
    ts.isStringLiteralLike(noeud) ||
    ts.isRegularExpressionLiteral(noeud) ||
    ts.isTemplateHead(noeud) ||
    ts.isTemplateMiddleOrTemplateTail(noeud)
  );
}
