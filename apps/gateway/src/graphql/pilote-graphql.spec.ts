import { describe, expect, it } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  Field,
  GraphQLModule,
  GraphQLSchemaHost,
  InterfaceType,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { type ExecutionResult, graphql } from 'graphql';
import { PiloteGraphql } from './pilote-graphql.js';

@InterfaceType('EssaiPiloteDossier', { resolveType: () => 'EssaiPiloteDemande' })
abstract class Dossier {
  @Field(() => String) nom!: string;
  @Field(() => String) titre!: string;
  @Field(() => String) auteur!: string;
}

@ObjectType('EssaiPiloteDemande', { implements: () => [Dossier] })
class Demande extends Dossier {}

@Resolver(() => Dossier)
class DossierResolver {
  @ResolveField(() => String)
  titre(@Parent() { nom }: Dossier): string {
    return `dossier ${nom}`;
  }

  @ResolveField(() => String)
  auteur(): string {
    return 'celui du dossier';
  }
}

@Resolver(() => Demande)
class DemandeResolver {
  @Query(() => Dossier)
  essaiPiloteDossier(): Partial<Demande> {
    return { nom: 'n° 1' };
  }

  @ResolveField(() => String)
  auteur(): string {
    return 'celui de la demande';
  }
}

@ObjectType('EssaiPiloteVide')
class Vide {}

@Resolver()
class VideResolver {
  @Query(() => Vide)
  essaiPiloteVide(): Vide {
    return {};
  }
}

async function executer(resolveurs: readonly Type[], source: string): Promise<ExecutionResult> {
  @Module({ imports: [GraphQLModule.forRoot({ driver: PiloteGraphql })], providers: [...resolveurs] })
  class EssaiModule {}

  const app = await NestFactory.createApplicationContext(EssaiModule, { logger: false, abortOnError: false });
  try {
    return await graphql({ schema: app.get(GraphQLSchemaHost).schema, source });
  } finally {
    await app.close();
  }
}

describe('Le schéma fait une fois', () => {
  it.each([
    ['l’interface d’abord', [DossierResolver, DemandeResolver]],
    ['le type d’abord', [DemandeResolver, DossierResolver]],
  ])('résout ce que son interface résout, sauf ce qu’un type résout lui-même (%s)', async (_, resolveurs) => {
    expect(await executer(resolveurs, '{ essaiPiloteDossier { nom titre auteur } }')).toEqual({
      data: { essaiPiloteDossier: { nom: 'n° 1', titre: 'dossier n° 1', auteur: 'celui de la demande' } },
    });
  });

  it('est refusé au démarrage s’il n’est pas valide', async () => {
    await expect(executer([VideResolver], '{ __typename }')).rejects.toThrow(/EssaiPiloteVide/);
  });
});
