import type { Type } from '@nestjs/common';
import {
  Args,
  ArgsType,
  Context,
  Field,
  ID,
  Info,
  Int,
  InterfaceType,
  ObjectType,
  Query,
  Resolver,
  TypeMetadataStorage,
} from '@nestjs/graphql';
import type { ContexteActeur } from '@sillage/access';
import type { GraphQLResolveInfo } from 'graphql';
import type { Champ, Filtre, Racine, TypeLu } from './declaration.js';
import { Lectures } from './lectures.js';
import { Node, PageInfo, PaginationArgs, TOTAUX } from './protocole.js';
import { MARQUE } from './suite.js';

type Prototype = Record<string, unknown> & object;
type Classe = Type<Prototype>;

const types = new WeakMap<TypeLu, Classe>();
const connexions = new WeakMap<TypeLu, Classe>();

/** A fresh class of that name: the decorators of @nestjs/graphql hang on it. */
function classe(nom: string): Classe {
  return { [nom]: class {} }[nom] as Classe;
}

/** The GraphQL class of a type, made from its declaration the first time it is asked for. */
export function classeGraphql(type: TypeLu): Classe {
  const connue = types.get(type);
  if (connue) return connue;
  const faite = classe(type.nom);
  types.set(type, faite);
  for (const [nom, champ] of Object.entries(type.champs)) ajouterChamp(faite.prototype as Prototype, nom, champ);
  const implements_ = (): Classe[] => [
    ...(type.sansId ? [] : [Node as unknown as Classe]),
    ...(type.implemente ? [classeGraphql(type.implemente.interface)] : []),
  ];
  const options = { description: type.description, implements: implements_ as never };
  if (type.selon === undefined) ObjectType(type.nom, options)(faite);
  else
    InterfaceType(type.nom, { ...options, resolveType: (lue: Record<string, unknown>) => lue[MARQUE] as string })(
      faite,
    );
  return faite;
}

function ajouterChamp(proto: Prototype, nom: string, champ: Champ): void {
  const { description, nullable = false } = champ;
  const options = { nullable, ...(description !== undefined && { description }) };
  switch (champ.genre) {
    case 'sql':
    case 'repris':
    case 'calcule':
      return Field(champ.type, options)(proto, nom);
    case 'un':
    case 'partie':
      return Field(() => classeGraphql(champ.vers()), options)(proto, nom);
    case 'liste':
    case 'lignes':
      return Field(() => [classeGraphql(champ.vers())], options)(proto, nom);
    case 'page':
      // `Args` is read on resolvers alone; a field of an object has its arguments from here.
      TypeMetadataStorage.addMethodParamMetadata({
        kind: 'args',
        target: proto.constructor,
        methodName: nom,
        typeFn: () => PaginationArgs,
        index: 0,
        options: {},
      });
      return Field(() => connexionGraphql(champ.vers()), options)(proto, nom);
  }
}

/** `<Type>Connection` and `<Type>Edge`. */
export function connexionGraphql(type: TypeLu): Classe {
  const connue = connexions.get(type);
  if (connue) return connue;
  const noeud = (): Classe => classeGraphql(type);
  const arete = classe(`${type.nom}Edge`);
  Field(() => String)(arete.prototype as Prototype, 'cursor');
  Field(noeud)(arete.prototype as Prototype, 'node');
  ObjectType(`${type.nom}Edge`)(arete);
  const faite = classe(`${type.nom}Connection`);
  const proto = faite.prototype as Prototype;
  Field(() => [noeud()])(proto, 'nodes');
  Field(() => [arete])(proto, 'edges');
  Field(() => PageInfo)(proto, 'pageInfo');
  Field(() => Int, { description: TOTAUX.totalCount })(proto, 'totalCount');
  Field(() => Boolean, { description: TOTAUX.totalCountExact })(proto, 'totalCountExact');
  ObjectType(`${type.nom}Connection`, { description: 'Une page de liste (Relay).' })(faite);
  connexions.set(type, faite);
  return faite;
}

/**
 * Makes the classes of a type and of all that it leads to. @nestjs/graphql must know them before it draws the schema, and a
 * declaration names what it leads to by a function, so that two types can name each other.
 */
export function declarer(type: TypeLu, connus = new Set<TypeLu>()): void {
  if (connus.has(type)) return;
  connus.add(type);
  classeGraphql(type);
  for (const champ of Object.values(type.champs)) {
    if (!('vers' in champ)) continue;
    if (champ.genre === 'page') connexionGraphql(champ.vers());
    declarer(champ.vers(), connus);
  }
}

/** The resolver of some root fields: each hands its selection over to `Lectures`. */
export function resolveurDeLectures(racines: readonly Racine[]): Type {
  class ResolveurDeLectures {
    constructor(readonly lectures: Lectures) {}
  }
  Reflect.defineMetadata('design:paramtypes', [Lectures], ResolveurDeLectures);
  Resolver()(ResolveurDeLectures);
  const proto = ResolveurDeLectures.prototype as unknown as Prototype;
  for (const racine of racines) {
    const { nom, description } = racine;
    declarer(racine.type);
    if (racine.genre === 'page') connexionGraphql(racine.type);
    const lire = function (
      this: ResolveurDeLectures,
      contexte: ContexteActeur,
      info: GraphQLResolveInfo,
    ): Promise<unknown> {
      return this.lectures.racine(contexte, nom, info);
    };
    Object.defineProperty(proto, nom, { value: lire, writable: true, configurable: true });
    decrireParametres(proto, nom, 3);
    Context('contexte')(proto, nom, 0);
    Info()(proto, nom, 1);
    declarerArguments(proto, racine);
    const descripteur = Object.getOwnPropertyDescriptor(proto, nom);
    Query(typeDeRacine(racine), { name: nom, description, nullable: racine.genre === 'un' })(
      proto,
      nom,
      descripteur ?? {},
    );
  }
  return ResolveurDeLectures;
}

/** What TypeScript would have written for a method of a class: @nestjs/graphql asks for it even where the type is given. */
function decrireParametres(proto: Prototype, nom: string, combien: number): void {
  Reflect.defineMetadata(
    'design:paramtypes',
    Array.from({ length: combien }, () => Object),
    proto,
    nom,
  );
}

function typeDeRacine(racine: Racine): () => Classe | [Classe] {
  switch (racine.genre) {
    case 'un':
      return () => classeGraphql(racine.type);
    case 'liste':
      return () => [classeGraphql(racine.type)];
    case 'page':
      return () => connexionGraphql(racine.type);
  }
}

function declarerArguments(proto: Prototype, racine: Racine): void {
  if (racine.genre === 'un') Args('id', { type: () => ID })(proto, racine.nom, 2);
  if (racine.genre === 'page') {
    const classeArguments = argumentsDePage(racine.nom, racine.filtres);
    Args({ type: () => classeArguments })(proto, racine.nom, 2);
  }
}

function argumentsDePage(nom: string, filtres: Readonly<Record<string, Filtre>>): Classe {
  const nomClasse = `${nom}Args`;
  const faite = { [nomClasse]: class extends PaginationArgs {} }[nomClasse] as unknown as Classe;
  for (const [filtre, { type, description }] of Object.entries(filtres)) {
    Field(type, { nullable: true, ...(description !== undefined && { description }) })(
      faite.prototype as Prototype,
      filtre,
    );
  }
  ArgsType()(faite);
  return faite;
}
