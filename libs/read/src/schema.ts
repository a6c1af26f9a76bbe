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
  Parent,
  Query,
  ResolveField,
  Resolver,
  TypeMetadataStorage,
} from '@nestjs/graphql';
import type { ContexteActeur } from '@sillage/access';
import type { GraphQLResolveInfo } from 'graphql';
import type { Champ, Filtres, PageSur, Racine, Tris, TypeLu } from './declaration.js';
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
    case 'chiffre':
    case 'calcule':
      return Field(champ.type, options)(proto, nom);
    case 'un':
    case 'partie':
      return Field(() => classeGraphql(champ.vers()), options)(proto, nom);
    case 'liste':
    case 'lignes':
      return Field(() => [classeGraphql(champ.vers())], options)(proto, nom);
    case 'page': {
      const filtree = classeArguments(`${proto.constructor.name}_${nom}Args`, champ.filtres ?? {}, PaginationArgs);
      // `Args` is read on resolvers alone; a field of an object has its arguments from here.
      TypeMetadataStorage.addMethodParamMetadata({
        kind: 'args',
        target: proto.constructor,
        methodName: nom,
        typeFn: () => filtree,
        index: 0,
        options: {},
      });
      return Field(() => connexionGraphql(champ.vers()), options)(proto, nom);
    }
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

type Lire = (this: Resolveur, contexte: ContexteActeur, info: GraphQLResolveInfo, objet: unknown) => Promise<unknown>;

interface Resolveur {
  readonly lectures: Lectures;
}

/** The resolver of some root fields: each hands its selection over to `Lectures`. */
export function resolveurDeLectures(racines: readonly Racine[]): Type {
  const faite = classeDeResolveur();
  Resolver()(faite);
  for (const racine of racines) {
    const { nom, description } = racine;
    declarer(racine.type);
    if (racine.genre === 'page') connexionGraphql(racine.type);
    const lire: Lire = function (contexte, info) {
      return this.lectures.racine(contexte, nom, info);
    };
    const nullable = racine.genre === 'un' && racine.toujours !== true;
    ajouterMethode(
      faite,
      nom,
      lire,
      argumentsDeRacine(racine),
      Query(typeDeRacine(racine), { name: nom, description, nullable }),
    );
  }
  return faite;
}

/** The resolver of a list on an object that is not read. */
export function resolveurDePage(page: PageSur): Type {
  const { nom, description, type, filtres, sur } = page;
  const faite = classeDeResolveur();
  Resolver(sur)(faite);
  declarer(type);
  const connexion = connexionGraphql(type);
  const lire: Lire = function (contexte, info, objet) {
    return this.lectures.sur(contexte, page, objet as never, info);
  };
  const args = classeArguments(`${nom}Args`, filtres, PaginationArgs);
  ajouterMethode(
    faite,
    nom,
    lire,
    args,
    ResolveField(nom, () => connexion, { description }),
  );
  return faite;
}

function classeDeResolveur(): Type {
  class ResolveurDeLectures implements Resolveur {
    constructor(readonly lectures: Lectures) {}
  }
  Reflect.defineMetadata('design:paramtypes', [Lectures], ResolveurDeLectures);
  return ResolveurDeLectures;
}

function ajouterMethode(faite: Type, nom: string, lire: Lire, args: Classe | null, decorer: MethodDecorator): void {
  const proto = faite.prototype as Prototype;
  Object.defineProperty(proto, nom, { value: lire, writable: true, configurable: true });
  // What TypeScript would have written for a method of a class: @nestjs/graphql asks for it even where the type is given.
  Reflect.defineMetadata('design:paramtypes', [Object, Object, Object, Object], proto, nom);
  Context('contexte')(proto, nom, 0);
  Info()(proto, nom, 1);
  Parent()(proto, nom, 2);
  if (args) Args({ type: () => args })(proto, nom, 3);
  decorer(proto, nom, Object.getOwnPropertyDescriptor(proto, nom) ?? {});
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

function argumentsDeRacine(racine: Racine): Classe | null {
  const nom = `${racine.nom}Args`;
  switch (racine.genre) {
    case 'un':
      return classeArguments(nom, racine.par ?? { id: { type: () => ID, typeSql: '' } }, null, true);
    case 'liste':
      return classeArguments(nom, racine.filtres ?? {}, null);
    case 'page':
      return ajouterTri(classeArguments(nom, racine.filtres, PaginationArgs), racine.tris);
  }
}

function ajouterTri(args: Classe, offerts: Tris | undefined): Classe {
  if (offerts) {
    const description = 'Dans quel ordre ; l’ordre habituel de la liste si vous ne dites rien.';
    Field(() => offerts.enumeration, { nullable: true, description })(args.prototype as Prototype, 'tri');
  }
  return args;
}

function classeArguments(nom: string, filtres: Filtres, base: typeof PaginationArgs | null, exiges = false): Classe {
  const faite = base ? ({ [nom]: class extends base {} }[nom] as unknown as Classe) : classe(nom);
  for (const [filtre, { type, description, parDefaut }] of Object.entries(filtres)) {
    const dite = {
      ...(description !== undefined && { description }),
      ...(parDefaut !== undefined && { defaultValue: parDefaut }),
    };
    Field(type, exiges || parDefaut !== undefined ? dite : { ...dite, nullable: true })(
      faite.prototype as Prototype,
      filtre,
    );
  }
  ArgsType()(faite);
  return faite;
}
