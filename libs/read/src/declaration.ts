import type { ColonneSql, ContexteActeur, Sujet } from '@sillage/access';
import type { Type } from '@nestjs/common';
import type { ReturnTypeFuncValue } from '@nestjs/graphql';
import type { EntityManager } from 'typeorm';

/** What a field's SQL is written with: the row that it belongs to, in one statement. */
export interface Ligne {
  /** Name of the row in the statement. */
  readonly alias: string;
  /** A column of the row. */
  colonne(nom: string): string;
  /** A value that travels apart from the text (`$3`); `type` is PostgreSQL's. It may depend on who asks, not on the request. */
  lier(valeur: unknown, type: string): string;
  /** The instant of the request, as an SQL expression. */
  readonly maintenant: string;
  /** Boolean SQL: may the caller do this on the row? Of a row without rights of its own, its parent answers. */
  peut(action: 'lire' | 'lireNominatif'): string;
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
}

/** One value that SQL alone cannot make: what is read goes through `apres`. */
export interface ChampRepris extends OptionsChamp {
  readonly genre: 'repris';
  readonly type: TypeGraphql;
  readonly sql: (ligne: Ligne) => string;
  readonly apres: (lue: never) => unknown;
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
  readonly ordre?: Ordre;
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

export type Champ = ChampSql | ChampRepris | ChampCalcule | ChampRelie | ChampLignes;

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
}

/** A type of the API, said once: its GraphQL type and its SQL both come from here. */
export interface TypeLu {
  readonly nom: string;
  readonly description: string;
  /** Absent for a part of another type's row. */
  readonly table?: string;
  /** Without rights of its own a type is reached through others only, and shares the rights and masks of what leads to it. */
  readonly droits?: DroitsDeType;
  readonly champs: Readonly<Record<string, Champ>>;
  /** An interface: the column that says which type implements it for a row. */
  readonly selon?: string;
  /** The interface that it implements, and for which value of that column. */
  readonly implemente?: { readonly interface: TypeLu; readonly valeur: string };
  /** True for a part: it has no id. */
  readonly sansId?: boolean;
}

/** A filter of a list: `sql` is the condition on a row, for a value that the caller gave. */
export interface Filtre {
  readonly type: TypeGraphql;
  readonly description?: string;
  /** `valeur` stands for what the caller gave, after `lire`. */
  readonly sql: (ligne: Ligne, valeur: string) => string;
  /** PostgreSQL's type of the value. */
  readonly typeSql: string;
  /** From the request's value to the statement's. @throws Refus */
  readonly lire?: (valeur: never) => unknown;
}

interface RacineCommune {
  readonly nom: string;
  readonly type: TypeLu;
  readonly description: string;
}

/** A paginated list of the API. */
export interface RacinePage extends RacineCommune {
  readonly genre: 'page';
  readonly filtres: Readonly<Record<string, Filtre>>;
  readonly ordre: Ordre;
}

/** One object of the API, by its opaque id; null when it does not exist or is not the caller's. */
export interface RacineUn extends RacineCommune {
  readonly genre: 'un';
}

/** A short list of the API, whole. */
export interface RacineListe extends RacineCommune {
  readonly genre: 'liste';
  readonly ordre: Ordre;
  /** Replaces the table as the source of the rows: a grouping, which applies the caller's rights itself. */
  readonly depuis?: (ligne: Ligne, autre: (type: TypeLu) => Ligne) => string;
}

/** A field of Query. */
export type Racine = RacinePage | RacineUn | RacineListe;

/** Where a statement begins: a field of Query, or the object that a mutation leaves. */
export type Depart = Racine | { readonly genre: 'parUuid'; readonly type: TypeLu; readonly uuid: string };
