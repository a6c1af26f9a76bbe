import type { Action } from '@sillage/access';
import type { Type } from '@nestjs/common';
import type { ReturnTypeFuncValue } from '@nestjs/graphql';
import type {
  CalculDeChamp,
  ChampCalcule,
  ChampChiffre,
  ChampLignes,
  ChampRelie,
  ChampRepris,
  ChampSql,
  Filtres,
  Ligne,
  Ordre,
  TypeLu,
} from './declaration.js';
import { tableDeLigne } from './source.js';

type TypeGraphql = () => ReturnTypeFuncValue;

interface Options {
  readonly description?: string;
  readonly nullable?: boolean;
  /** The annexe of the type that has the column. */
  readonly annexe?: string;
  /** Names a person: null, and not read, for who may not see it (TRANS-30). Implies `nullable`. */
  readonly nominatif?: boolean;
  /** A right on the row that the field asks beside that of reading it: null, and not read, for who lacks it. Implies `nullable`. */
  readonly droit?: Action;
}

type OptionsSansDroit = Omit<Options, 'nominatif' | 'droit'>;

/** A column as it is: text, integer, boolean, JSON. */
export function colonne(type: TypeGraphql, nom: string, options: Options = {}): ChampSql {
  return { ...calcul(type, (l) => l.colonne(nom, options.annexe), options), forme: 'selonLeType', colonne: nom };
}

/** A civil date; PostgreSQL writes it as the API does, the boot sees to it. */
export function jour(type: TypeGraphql, nom: string, options: Options = {}): ChampSql {
  return { ...calcul(type, (l) => l.colonne(nom, options.annexe), options), forme: 'citee', colonne: nom };
}

/** An SQL expression on the row. */
export function calcul(type: TypeGraphql, sql: (ligne: Ligne) => string, options: Options = {}): ChampSql {
  const { nominatif = false, droit = nominatif ? 'lireNominatif' : undefined, ...autres } = options;
  if (droit === undefined) return { genre: 'sql', type, sql, ...autres };
  const permis = (l: Ligne): string => siDroit(l, droit, sql(l));
  return { genre: 'sql', type, sql: permis, ...autres, ...(nominatif && { nominatif }), nullable: true };
}

/** The value where the caller may see what names a person, null elsewhere; nothing is read where they never may. */
export function siPermis(ligne: Ligne, sql: string): string {
  return siDroit(ligne, 'lireNominatif', sql);
}

/** The value where the caller has a right on the row, `sinon` elsewhere: null when left out. */
export function siDroit(ligne: Ligne, droit: Action, sql: string, sinon?: string): string {
  const condition = ligne.peut(droit);
  if (condition === 'true') return sql;
  if (condition === 'false') return sinon ?? 'null';
  return `case when ${condition} then ${sql}${sinon === undefined ? '' : ` else ${sinon}`} end`;
}

/** An instant, in universal time with only the digits that it needs, as everywhere in the API. */
export function instant(type: TypeGraphql, nom: string, options: Options = {}): ChampSql {
  return { ...calcul(type, (l) => instantSql(l.colonne(nom)), options), forme: 'citee', colonne: nom };
}

export function instantSql(expression: string): string {
  const texte = `to_char(${expression} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`;
  return `rtrim(rtrim(${texte}, '0'), '.') || 'Z'`;
}

/** Euros as text, from a column of cents. */
export function euros(type: TypeGraphql, nom: string, options: Options = {}): ChampSql {
  return {
    ...calcul(type, (l) => `round(${l.colonne(nom)}::numeric / 100, 2)`, options),
    forme: 'citee',
    colonne: nom,
  };
}

/** The opaque id of a row to which a column points. */
export function identifiant(type: TypeGraphql, nomType: string, nom: string, options: Options = {}): ChampSql {
  return { ...calcul(type, (l) => `'${nomType}-' || ${l.colonne(nom)}`, options), forme: 'citee', colonne: nom };
}

/** A text that is sealed in its column; `nominatif` as for any other. */
export function chiffre(
  type: TypeGraphql,
  nom: string,
  { nominatif = false, ...options }: Omit<Options, 'nullable' | 'droit'>,
): ChampChiffre {
  const octets = (l: Ligne): string => `encode(${l.colonne(nom, options.annexe)}, 'base64')`;
  const sql = nominatif ? (l: Ligne): string => siPermis(l, octets(l)) : octets;
  return { genre: 'chiffre', type, colonne: nom, sql, nominatif, ...options, nullable: true };
}

/** What SQL reads, then code presents: an explanation, a label in French. `apres` never sees null. */
export function repris<V>(
  type: TypeGraphql,
  sql: string | ((ligne: Ligne) => string),
  apres: (lue: V) => unknown,
  options: OptionsSansDroit = {},
): ChampRepris {
  const expression = typeof sql === 'string' ? (l: Ligne): string => l.colonne(sql) : sql;
  return { genre: 'repris', type, sql: expression, apres, ...options };
}

/** What a provider works out for a whole page at once, from the ids of its rows. */
export function calcule(
  type: TypeGraphql,
  par: () => Type<CalculDeChamp>,
  options: OptionsSansDroit = {},
): ChampCalcule {
  return { genre: 'calcule', type, par, ...options };
}

interface LienVersUn extends OptionsSansDroit {
  /** The column of this row that holds the other's id. */
  readonly par: string;
}

/** The row of another table that a column points to. */
export function un(vers: () => TypeLu, { par, ...options }: LienVersUn): ChampRelie {
  return {
    genre: 'un',
    vers,
    colonne: par,
    depuis: (p, e) => joindre(vers, e, `${e.colonne('id')} = ${p.colonne(par)}`),
    ...options,
  };
}

/** The row of another table that a condition finds, or null; the condition says all, the département included. */
export function unSelon(
  vers: () => TypeLu,
  ou: (parent: Ligne, enfant: Ligne) => string,
  options: Omit<OptionsSansDroit, 'nullable'> = {},
): ChampRelie {
  const depuis: ChampRelie['depuis'] = (p, e) => ({ from: tableDeLigne(vers(), e), where: ou(p, e) });
  return { genre: 'un', vers, depuis, ...options, nullable: true };
}

interface LienVersPlusieurs extends Omit<OptionsSansDroit, 'nullable'> {
  /** The column of the other table that points back to this row. */
  readonly par: string;
  /** Through a table of links: its name, and the column that points to the other table. `par` is then its own. */
  readonly via?: { readonly table: string; readonly vers: string };
  readonly ordre: Ordre;
  /** More that the rows must satisfy. */
  readonly ou?: (parent: Ligne, enfant: Ligne) => string;
}

interface LienVersPage extends LienVersPlusieurs {
  readonly filtres?: Filtres;
}

/** The one row that points back to this one, or null. */
export function unRetour(vers: () => TypeLu, lien: Omit<LienVersPlusieurs, 'ordre'>): ChampRelie {
  return { ...retour('un', vers, { ...lien, ordre: { sens: 'asc', colonnes: [] } }), nullable: true };
}

/** Short by nature: all of them. */
export function liste(vers: () => TypeLu, lien: LienVersPlusieurs): ChampRelie {
  return retour('liste', vers, lien);
}

/** A page of those that point back to this row: `first`, `after`, ..., `totalCount`, and the filters if any. */
export function page(vers: () => TypeLu, { filtres = {}, ...lien }: LienVersPage): ChampRelie {
  return { ...retour('page', vers, lien), filtres };
}

/** A part of the same row that the API shows as an object. */
export function partie(vers: () => TypeLu, options: OptionsSansDroit = {}): ChampRelie {
  return { genre: 'partie', vers, ...options };
}

interface LienVersLignes extends OptionsSansDroit {
  readonly avec?: readonly string[];
}

/** Rows of a JSON array of this row; their fields read `l.colonne('valeur')`, and the columns that `avec` names. */
export function lignes(
  vers: () => TypeLu,
  json: (ligne: Ligne) => string,
  { avec = [], ...options }: LienVersLignes = {},
): ChampLignes {
  return { genre: 'lignes', vers, json, avec, ...options };
}

function retour(genre: 'un' | 'liste' | 'page', vers: () => TypeLu, lien: LienVersPlusieurs): ChampRelie {
  const { par, via, ordre, ou, ...options } = lien;
  const depuis: ChampRelie['depuis'] = (p, e) => {
    const plus = ou ? ` and ${ou(p, e)}` : '';
    if (!via) return joindre(vers, e, `${e.colonne(par)} = ${p.colonne('id')}${plus}`);
    const lienSql = `exists (select from ${via.table} v where v.departement_id = ${p.colonne('departement_id')}
      and v.${par} = ${p.colonne('id')} and v.${via.vers} = ${e.colonne('id')})`;
    return joindre(vers, e, `${lienSql}${plus}`);
  };
  return { genre, vers, depuis, ordre, ...options };
}

/** Both rows belong to one département: row-level security says it of each, and every index begins with it. */
function joindre(vers: () => TypeLu, enfant: Ligne, where: string): { from: string; where: string } {
  return { from: tableDeLigne(vers(), enfant), where };
}
