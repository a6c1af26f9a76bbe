import {
  ActivationService,
  type ContexteActeur,
  definitionDuJob,
  ExecuteurMutation,
  exigerDroit,
  HORLOGE,
  JournalService,
  MutationInput,
  Outbox,
  type Reponse,
  repondre,
  TerritoireService,
  typeReponse,
} from '@sillage/core';
import type { Horloge } from '@sillage/kernel';
import { classeGraphql, Lectures, SillageReadModule } from '@sillage/read';
import { Inject, Module } from '@nestjs/common';
import { Args, Context, Field, Info, InputType, Mutation, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { compterPassage } from './atelier.job.js';
import { racines, seanceLue } from './atelier.lu.js';

@InputType()
class AtelierOuvrirInput extends MutationInput {
  @Field(() => String) territoire!: string;
  @Field(() => String) intitule!: string;
  @Field(() => String, { nullable: true }) animateur?: string | null;
}

const AtelierOuvrirPayload = typeReponse('AtelierOuvrir', 'seance', () => classeGraphql(seanceLue));
const JOB = definitionDuJob({ code: 'atelier' }, compterPassage);

@Resolver()
class AtelierResolver {
  constructor(
    private readonly lectures: Lectures,
    private readonly mutations: ExecuteurMutation,
    private readonly activations: ActivationService,
    private readonly territoires: TerritoireService,
    private readonly outbox: Outbox,
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  @Mutation(() => AtelierOuvrirPayload, { description: 'Ouvre une séance.' })
  atelierOuvrir(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: AtelierOuvrirInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'seance', unknown>> {
    return repondre(input, 'seance', () =>
      this.mutations.executer(contexte, 'atelierOuvrir', input, {
        effet: (em) => this.ouvrir(em, contexte, input),
        relire: (em, uuid) => this.lectures.relire(em, contexte, { type: seanceLue, uuid, champ: 'seance' }, info),
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
      `insert into plugin_atelier.seance (departement_id, id, territoire_id, intitule, animateur, ouverte_le, modifie_le)
       values ($1, $2, $3, $4, $5, $6, $6)`,
      [departementId, id, territoire.id, input.intitule, input.animateur, this.horloge.maintenant().toString()],
    );
    await this.journal.ecrire(em, contexte, { action: 'atelierOuvrir', objetType: 'AtelierSeance', objetId: id });
    await this.outbox.publier(em, JOB.pour(departementId, { seanceId: id }));
    return id;
  }
}

@Module({ imports: [SillageReadModule.forFeature({ racines })], providers: [AtelierResolver] })
export class AtelierModule {}
