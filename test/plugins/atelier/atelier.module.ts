import {
  ActivationService,
  type ContexteActeur,
  definitionDuJob,
  ExecuteurMutation,
  exigerDroit,
  filtreSql,
  HORLOGE,
  MutationInput,
  Outbox,
  type Reponse,
  repondre,
  TerritoireService,
  typeReponse,
  UniteDeTravail,
} from '@sillage/core';
import type { Horloge } from '@sillage/kernel';
import { Inject, Module } from '@nestjs/common';
import { Args, Context, Field, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { compterPassage } from './atelier.job.js';

@ObjectType('AtelierSeance', { description: 'Une séance d’atelier.' })
class Seance {
  @Field(() => String) id!: string;
  @Field(() => String) intitule!: string;
  @Field(() => Int) passages!: number;
}

@InputType()
class AtelierOuvrirInput extends MutationInput {
  @Field(() => String) territoire!: string;
  @Field(() => String) intitule!: string;
}

const AtelierOuvrirPayload = typeReponse('AtelierOuvrir', 'seance', () => Seance);
const JOB = definitionDuJob({ code: 'atelier' }, compterPassage);

@Resolver()
class AtelierResolver {
  constructor(
    private readonly unites: UniteDeTravail,
    private readonly mutations: ExecuteurMutation,
    private readonly activations: ActivationService,
    private readonly territoires: TerritoireService,
    private readonly outbox: Outbox,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  @Query(() => [Seance], { description: 'Les séances de vos territoires.' })
  atelierSeances(@Context('contexte') contexte: ContexteActeur): Promise<Seance[]> {
    const droit = filtreSql(contexte.droits, 'lire', 'Atelier', {
      territoireIds: { colonne: 's.territoire_id', type: 'uuid' },
    });
    return this.unites.lecture(contexte.departementId, (em) => lireSeances(em, contexte, droit.sql, droit.parametres));
  }

  @Mutation(() => AtelierOuvrirPayload, { description: 'Ouvre une séance.' })
  atelierOuvrir(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: AtelierOuvrirInput,
  ): Promise<Reponse<'seance', Seance | undefined>> {
    return repondre(input, 'seance', () =>
      this.mutations.executer(contexte, 'atelierOuvrir', input, {
        effet: (em) => this.ouvrir(em, contexte, input),
        relire: async (em, id) => (await lireSeances(em, contexte, 's.id = :id', { id }))[0],
      }),
    );
  }

  private async ouvrir(em: EntityManager, contexte: ContexteActeur, input: AtelierOuvrirInput): Promise<string> {
    const { departementId } = contexte;
    const territoire = await this.territoires.exiger(em, contexte, input.territoire, ['input', 'territoire']);
    exigerDroit(contexte, 'creer', 'Atelier', { territoireIds: [territoire.id] });
    const demande = { dispositif: 'atelier', territoireIds: [territoire.id], pour: 'COMMENCER' as const };
    await this.activations.exiger(em, departementId, demande, ['input', 'territoire']);
    const id = uuidv7();
    await em.query(
      `insert into plugin_atelier.seance (departement_id, id, territoire_id, intitule, ouverte_le) values ($1, $2, $3, $4, $5)`,
      [departementId, id, territoire.id, input.intitule, this.horloge.maintenant().toString()],
    );
    await this.outbox.publier(em, JOB.pour(departementId, { seanceId: id }));
    return id;
  }
}

async function lireSeances(
  em: EntityManager,
  { departementId }: ContexteActeur,
  condition: string,
  parametres: Readonly<Record<string, unknown>>,
): Promise<Seance[]> {
  return em
    .createQueryBuilder()
    .select(['s.id as id', 's.intitule as intitule', 's.passages as passages'])
    .from('plugin_atelier.seance', 's')
    .where('s.departement_id = :departementId', { departementId })
    .andWhere(condition, parametres)
    .getRawMany<{ id: string; intitule: string; passages: number }>();
}

@Module({ providers: [AtelierResolver] })
export class AtelierModule {}
