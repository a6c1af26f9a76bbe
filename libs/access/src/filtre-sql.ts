import { arbreDesDroits, enfants, porteSurUnChamp } from './conditions.js';
import type { Noeud, NoeudChamp } from './conditions.js';
import type { Droits } from './droits.js';
import type { Action, Sujet } from './vocabulaire.js';

type TypeSql = 'text' | 'uuid';

/**
 * Where SQL finds the field of a rule. The texts are written by the developer and go into the statement as they are:
 * - `colonne`: one value a row, for instance `c.structure_id`;
 * - `tableau`: an array column;
 * - `ensemble`: rows of another table; receives an SQL array and returns a boolean expression, never null, that holds
 *   when the row has at least one of its values (`exists (select 1 ... where t.territoire_id = any(${valeurs}))`).
 */
export type ColonneSql =
  | { readonly colonne: string; readonly type?: TypeSql }
  | { readonly tableau: string; readonly type?: TypeSql }
  | { readonly ensemble: (valeurs: string) => string; readonly type?: TypeSql };

/** A rule cannot be said in SQL: better no answer than a wrong one. */
export class FiltreImpossible extends Error {
  override readonly name = 'FiltreImpossible';
}

/** Turns a value into the text that stands for it in the statement (`$3`). */
export type Lier = (valeur: readonly string[] | string) => string;

/**
 * The rows on which an action is allowed, as a boolean SQL expression, to be joined by `and`: exactly those that `peut`
 * accepts one by one. `false` when no rule allows anything, `true` when one allows everything.
 * @throws FiltreImpossible on an operator, a field or a value that has no translation.
 */
export function conditionDesDroits(
  droits: Droits,
  action: Action,
  sujet: Sujet,
  champs: Readonly<Record<string, ColonneSql>>,
  lier: Lier,
): string {
  const arbre = arbreDesDroits(droits, action, sujet);
  return arbre ? traduire(arbre, false, { champs, lier }) : 'false';
}

interface Traduction {
  readonly champs: Readonly<Record<string, ColonneSql>>;
  readonly lier: Lier;
}

/**
 * Negations are pushed down to the leaves, and each leaf is written so that a null column behaves as in memory: SQL's
 * "not unknown" would otherwise lose rows that a `cannot` rule does not forbid.
 */
function traduire(noeud: Noeud, nie: boolean, t: Traduction): string {
  if (porteSurUnChamp(noeud)) return feuille(noeud, nie, t);
  const fils = enfants(noeud);
  if (!fils) throw operateurInconnu(noeud);
  switch (noeud.operator) {
    case 'and':
      return joindre(fils, nie ? 'or' : 'and', nie, t);
    case 'or':
      return joindre(fils, nie ? 'and' : 'or', nie, t);
    case 'not':
      return joindre(fils, 'and', !nie, t); // it has one child
    default:
      throw operateurInconnu(noeud);
  }
}

function joindre(fils: readonly Noeud[], lien: 'and' | 'or', nie: boolean, t: Traduction): string {
  if (fils.length === 0) return String(lien === 'and');
  return `(${fils.map((noeud) => traduire(noeud, nie, t)).join(` ${lien} `)})`;
}

function feuille(noeud: NoeudChamp, nie: boolean, t: Traduction): string {
  const colonne = Object.hasOwn(t.champs, noeud.field) ? t.champs[noeud.field] : undefined;
  if (!colonne) throw new FiltreImpossible(`Le champ « ${noeud.field} » n’a pas de colonne.`);
  switch (noeud.operator) {
    case 'eq':
      return appartient(colonne, [noeud.value], nie, t);
    case 'ne':
      return appartient(colonne, [noeud.value], !nie, t);
    case 'in':
      return appartient(colonne, noeud.value, nie, t);
    case 'nin':
      return appartient(colonne, noeud.value, !nie, t);
    default:
      throw operateurInconnu(noeud);
  }
}

function appartient(colonne: ColonneSql, valeurs: unknown, nie: boolean, t: Traduction): string {
  if (!Array.isArray(valeurs) || !valeurs.every((valeur) => typeof valeur === 'string')) {
    throw new FiltreImpossible('Seules des chaînes se comparent.');
  }
  if (valeurs.length === 0) return String(nie);
  const type = colonne.type ?? 'text';
  const [seule, ...autres] = valeurs;
  // Written as an equality, so that an index keeps its order.
  if ('colonne' in colonne && !nie && autres.length === 0) {
    return `${colonne.colonne} = cast(${t.lier(seule as string)} as ${type})`;
  }
  const tableau = `cast(${t.lier(valeurs)} as ${type}[])`;
  if ('colonne' in colonne) {
    return nie
      ? `(${colonne.colonne} is null or ${colonne.colonne} <> all(${tableau}))`
      : `${colonne.colonne} = any(${tableau})`;
  }
  if ('ensemble' in colonne) return nie ? `not (${colonne.ensemble(tableau)})` : `(${colonne.ensemble(tableau)})`;
  const commun = `${colonne.tableau} && ${tableau}`;
  return nie ? `not coalesce(${commun}, false)` : `(${commun})`;
}

function operateurInconnu({ operator }: Noeud): FiltreImpossible {
  return new FiltreImpossible(`L’opérateur « ${operator} » n’a pas de traduction en SQL.`);
}
