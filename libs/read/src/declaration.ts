import type { Action, ColonneSql, ContexteActeur, Sujet } from '@sillage/access';
import type { Refus } from '@sillage/kernel';
import type { Type } from '@nestjs/common';
import type { ReturnTypeFuncValue } from '@nestjs/graphql';
import type { GraphQLObjectType } from 'graphql';
import type { EntityManager } from 'typeorm';
import type { Forme } from './json.js';

/** What a field's SQL is written with: the row that it belongs to, in one statement. */
export interface Ligne {
  /** Name of the row in the statement. */
  readonly alias: string;
  /** A column of the row, or of one of its annexes. */
  colonne(nom: string, annexe?: string): string;
  /** A value that travels apart from the text (`$3`); `type` is PostgreSQL's. It may depend on who asks, not on the request. */
  lier(valeur: unknown, type: string): string;
  /** The instant of the request, as an SQL expression. */
  readonly maintenant: string;
  /** What the caller gave for an argument of the root field that is no condition, as SQL; null when it gave nothing. */
  argument(nom: string): string | null;
  /** Boolean SQL: may the caller do this on the row? Of a row without rights of its own, its parent answers. */
  peut(action: Action): string;
  /** The uuid of the young person whom the row concerns, as SQL; of a row that does not say, its parent answers. Null: of nobody. */
  readonly personne: string | null;
  readonly contexte: ContexteActeur;
}

type TypeGraphql = () => ReturnTypeFuncValue;

interface OptionsChamp {
  readonly description?: string;
  readonly nullable?: boolean;
}

/** One value, made by SQL in the very shape in which it is answered. */
export interface ChampSql extends OptionsChamp {
  readonly genre: 'sql';
  readonly type: TypeGraphql;
  readonly sql: (ligne: Ligne) => string;
  /** How JSON writes it, where that is known to be simpler than `to_json`; of a plain column, its GraphQL type tells. */
  readonly forme?: Forme | 'selonLeType';
  /** The column that alone makes the value: null where it is null. */
  readonly colonne?: string;
  /** The annexe of the type that has this column; the type's own table when left out. */
  readonly annexe?: string;
  /** Names a person: who has read it, and of whom, is kept. */
  readonly nominatif?: boolean;
}

/** One value that SQL alone cannot make: what is read goes through `apres`. */
export interface ChampRepris extends OptionsChamp {
  readonly genre: 'repris';
  readonly type: TypeGraphql;
  readonly sql: (ligne: Ligne) => string;
  readonly apres: (lue: never) => unknown;
}

/** A sealed text of the row (bytea), which `Coffre` opens. */
export interface ChampChiffre extends OptionsChamp {
  readonly genre: 'chiffre';
  readonly type: TypeGraphql;
  readonly colonne: string;
  /** The annexe of the type that has this column, under the id of the row; the type's own table when left out. */
  readonly annexe?: string;
  readonly sql: (ligne: Ligne) => string;
  readonly nominatif: boolean;
}

/** One value a row, made by code from the rows' ids, all rows of the page at once, in the transaction of the read. */
export interface ChampCalcule extends OptionsChamp {
  readonly genre: 'calcule';
  readonly type: TypeGraphql;
  /** The provider that works it out. */
  readonly par: () => Type<CalculDeChamp>;
}

/** A provider that works out a field for all the rows of a page at once. */
export interface CalculDeChamp {
  /** One value a row, in the order of their uuids. Runs in the transaction of the read. */
  calculer(em: EntityManager, contexte: ContexteActeur, uuids: readonly string[]): Promise<readonly unknown[]>;
}

/** Rows of another table, or a part of the same row. */
export interface ChampRelie extends OptionsChamp {
  readonly genre: 'un' | 'liste' | 'page' | 'partie';
  readonly vers: () => TypeLu;
  /** What follows FROM, with its condition: `sillage.acte a where a.accompagnement_id = ...`. Absent for a part. */
  readonly depuis?: (parent: Ligne, enfant: Ligne) => { readonly from: string; readonly where: string };
  /** The column of this row that points to the other: what it says, the boot compares with the table. */
  readonly colonne?: string;
  readonly ordre?: Ordre;
  /** Of a page. */
  readonly filtres?: Filtres;
}

/** Rows that the row holds as a JSON array, in its order. */
export interface ChampLignes extends OptionsChamp {
  readonly genre: 'lignes';
  readonly vers: () => TypeLu;
  /** The array as jsonb; what is no array is answered null. */
  readonly json: (ligne: Ligne) => string;
  /** Columns of the row that each of its rows bears too, beside `valeur`, its own JSON. */
  readonly avec: readonly string[];
}

export type Champ = ChampSql | ChampRepris | ChampChiffre | ChampCalcule | ChampRelie | ChampLignes;

/** In which order rows come. Columns that hold no null, all in one direction; the id decides between equals. */
export interface Ordre {
  readonly sens: 'asc' | 'desc';
  readonly colonnes: readonly { readonly nom: string; readonly type: TypeDOrdre }[];
}

/** What a cursor knows how to carry. */
export type TypeDOrdre = 'text' | 'date' | 'timestamptz' | 'integer' | 'uuid';

/** Which fields the rights of a subject depend on, as the row's SQL. */
export interface DroitsDeType {
  readonly sujet: Sujet;
  readonly champs: (alias: string) => Readonly<Record<string, ColonneSql>>;
  /** Rows on which the caller may do as much without any right: their own. */
  readonly aussi?: (ligne: Ligne) => string;
}

/** A type of the API, said once: its GraphQL type and its SQL both come from here. */
export interface TypeLu {
  readonly nom: string;
  readonly description: string;
  /** Absent for a part of another type's row. */
  readonly table?: string;
  /**
   * Tables that hold more of the same row under its id, in the column `par`: what others may not read is kept apart so. Read where the
   * answer asks for their columns; null where they have no row.
   */
  readonly annexes?: Readonly<Record<string, { readonly table: string; readonly par: string }>>;
  /** PostgreSQL's type of its column `id`; uuid when left out. */
  readonly cle?: 'uuid' | 'text';
  /** Without rights of its own a type is reached through others only, and shares the rights and masks of what leads to it. */
  readonly droits?: DroitsDeType;
  readonly champs: Readonly<Record<string, Champ>>;
  /** The young person whom a row concerns: the uuid, as SQL. What is reached through it concerns the same one. */
  readonly personne?: (ligne: Ligne) => string;
  /**
   * Boolean SQL: rows whose names are kept from all who reach them through what concerns them, whatever their rights. Of a type without
   * rights of its own.
   */
  readonly reserve?: (ligne: Ligne) => string;
  /** An interface: the column that says which type implements it for a row. */
  readonly selon?: string;
  /** The interface that it implements, and for which value of that column. */
  readonly implemente?: { readonly interface: TypeLu; readonly valeur: string };
  /** True for a part: it has no id. */
  readonly sansId?: boolean;
}

/** A filter of a list: `sql` is the condition on a row, for a value that the caller gave. An empty text is as nothing given. */
export interface Filtre {
  readonly type: TypeGraphql;
  readonly description?: string;
  /** The value when none is given: the argument is then never null. */
  readonly parDefaut?: unknown;
  /** `valeur` stands for what the caller gave, after `lire`. Absent for what is no condition: fields read it by `ligne.argument`. */
  readonly sql?: (ligne: Ligne, valeur: string) => string;
  /** PostgreSQL's type of the value. */
  readonly typeSql: string;
  /** From the request's value to the statement's. @throws Refus */
  readonly lire?: (valeur: never) => unknown;
  /** What the value names, looked for once a statement: `sql` is then given what was found. */
  readonly cherche?: Recherche;
}

export interface Recherche {
  /** A query for one value, from the caller's. */
  readonly sql: (valeur: string) => string;
  /** When it finds nothing: the list is not read at all, whatever its rows. */
  readonly refus: (chemin: string[]) => Refus;
}

export type Filtres = Readonly<Record<string, Filtre>>;

interface RacineCommune {
  readonly nom: string;
  readonly type: TypeLu;
  readonly description: string;
  /** More that the rows must satisfy, beside the caller's rights on them. */
  readonly ou?: (ligne: Ligne) => string;
}

/** Orders that the caller may choose, by the names of a GraphQL enumeration. */
export interface Tris {
  readonly enumeration: Readonly<Record<string, string>>;
  readonly ordres: Readonly<Record<string, Ordre>>;
}

/** A paginated list of the API. */
export interface RacinePage extends RacineCommune {
  readonly genre: 'page';
  readonly filtres: Filtres;
  /** When the caller chooses none. */
  readonly ordre: Ordre;
  readonly tris?: Tris;
}

/** One object of the API; null when it does not exist or is not the caller's. */
export interface RacineUn extends RacineCommune {
  readonly genre: 'un';
  /** The arguments that find it, all of them required; its opaque `id` when left out. */
  readonly par?: Filtres;
  /** Never null: there is one for every caller. */
  readonly toujours?: boolean;
}

/** A short list of the API, whole. */
export interface RacineListe extends RacineCommune {
  readonly genre: 'liste';
  readonly filtres?: Filtres;
  readonly ordre: Ordre;
  /** Replaces the table as the source of the rows: a grouping, which applies the caller's rights itself. */
  readonly depuis?: (ligne: Ligne, autre: (type: TypeLu) => Ligne) => string;
}

/** A field of Query. */
export type Racine = RacinePage | RacineUn | RacineListe;

/** A paginated list on an object that is not read from the database. */
export interface PageSur<O = never> extends Omit<RacinePage, 'genre' | 'ou'> {
  /** GraphQL class of the object. */
  readonly sur: () => Type;
  /** Ties the rows to the object. */
  readonly ou: (ligne: Ligne, objet: O) => string;
}

/** The object that a mutation leaves. */
export interface DepartParUuid {
  readonly genre: 'parUuid';
  readonly type: TypeLu;
  /** Its column `id`. */
  readonly uuid: string;
  /** What its fields read by `ligne.argument`: each value with PostgreSQL's type. */
  readonly arguments?: Readonly<Record<string, { readonly valeur: unknown; readonly type: string }>>;
}

/** A list of an object that is not read from the database. */
export interface DepartSur {
  readonly genre: 'sur';
  readonly page: Omit<PageSur, 'ou'> & { readonly ou: (ligne: Ligne) => string };
  readonly type: TypeLu;
  /** GraphQL type of the object. */
  readonly objet: GraphQLObjectType;
}

/** Where a statement begins: a field of Query or of an object that is not read, or the object that a mutation leaves. */
export type Depart = Racine | DepartParUuid | DepartSur;
