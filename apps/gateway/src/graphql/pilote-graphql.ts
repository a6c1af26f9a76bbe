import { Inject, Injectable } from '@nestjs/common';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { GraphQLSchemaFactory } from '@nestjs/graphql';
import { ResolversExplorerService } from '@nestjs/graphql/dist/services/resolvers-explorer.service.js';
import { ScalarsExplorerService } from '@nestjs/graphql/dist/services/scalars-explorer.service.js';
import {
  assertValidSchema,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  lexicographicSortSchema,
} from 'graphql';

type TypeAChamps = GraphQLObjectType | GraphQLInterfaceType;
type Resolveur = GraphQLFieldResolver<unknown, unknown>;

/**
 * Makes the schema from the decorated classes, once. Nest's own way makes it, prints it, reads it again, makes it a second
 * time to hang the resolvers on, then a third: with a hundred dispositifs, most of the start. The result is the same: the
 * resolvers go straight to the fields, and what an interface resolves, the types that implement it resolve.
 */
@Injectable()
export class PiloteGraphql extends ApolloDriver {
  @Inject() private readonly schemas!: GraphQLSchemaFactory;
  @Inject() private readonly resolveurs!: ResolversExplorerService;
  @Inject() private readonly scalaires!: ScalarsExplorerService;

  /** @throws Error when the schema is not valid, or when a resolver has no field */
  override async generateSchema({ buildSchemaOptions, sortSchema }: ApolloDriverConfig): Promise<GraphQLSchema> {
    const schema = await this.schemas.create(this.resolveurs.getAllCtors(), {
      ...buildSchemaOptions,
      scalarsMap: this.scalaires.getScalarsMap(),
      // Nest checks by running the introspection query: the same check, and a long answer that nobody reads.
      skipCheck: true,
    });
    assertValidSchema(schema);
    laisserAuResolveurParDefaut(schema);
    attacher(schema, this.resolveurs.explore() as Record<string, Record<string, Resolveur>>);
    return sortSchema ? lexicographicSortSchema(schema) : schema;
  }
}

/** Nest gives each field a resolver that reads its name: rows of a read are found by the answer's key, as `fieldResolver` knows. */
function laisserAuResolveurParDefaut(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const champ of Object.values(type.getFields())) delete champ.resolve;
  }
}

/** Interfaces first: a type's own resolver wins over what it inherits. */
function attacher(schema: GraphQLSchema, resolveurs: Readonly<Record<string, Record<string, Resolveur>>>): void {
  const parType = Object.entries(resolveurs).map(([nom, champs]) => ({ type: typeAChamps(schema, nom), champs }));
  for (const { type, champs } of parType) {
    if (!isInterfaceType(type)) continue;
    const { objects, interfaces } = schema.getImplementations(type);
    for (const heritier of [type, ...interfaces, ...objects]) resoudre(heritier, champs);
  }
  for (const { type, champs } of parType) if (!isInterfaceType(type)) resoudre(type, champs);
}

function resoudre(type: TypeAChamps, resolveurs: Readonly<Record<string, Resolveur>>): void {
  for (const [nom, resolveur] of Object.entries(resolveurs)) {
    if (typeof resolveur !== 'function') throw new Error(`${type.name}.${nom} : les abonnements ne sont pas servis.`);
    champ(type, nom).resolve = resolveur;
  }
}

function typeAChamps(schema: GraphQLSchema, nom: string): TypeAChamps {
  const type: GraphQLNamedType | undefined = schema.getType(nom);
  if (isObjectType(type) || isInterfaceType(type)) return type;
  throw new Error(`Un resolver répond pour le type ${nom}, que le schéma ne contient pas.`);
}

function champ(type: TypeAChamps, nom: string): GraphQLField<unknown, unknown> {
  const trouve = type.getFields()[nom];
  if (trouve !== undefined) return trouve;
  throw new Error(`Un resolver répond pour le champ ${type.name}.${nom}, que le schéma ne contient pas.`);
}
