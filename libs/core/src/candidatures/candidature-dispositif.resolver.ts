import type { ContexteActeur } from '@sillage/access';
import { classe, type Dispositif, fabriquerTypes } from '@sillage/dispositif-kit';
import { Args, Context, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import type { Type } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ExecuteurMutation, MutationInput, Node, type Reponse, repondre, typeReponse, uneFois } from '../api/index.js';
import { LectureCandidatures } from './candidature.lecture.js';
import { CandidatureService } from './candidature.service.js';
import { CandidatureType } from './candidature.types.js';

/**
 * What the API offers for one dispositif's candidatures, made from its declaration: the types
 * `Candidature<Prefixe>` and `Candidature<Prefixe>Champs`, and the mutations that create and save a draft.
 */
export const resolveurCandidatures = uneFois(fabriquer);

function fabriquer(dispositif: Dispositif): Type {
  const nom = `Candidature${dispositif.prefixe}`;
  const champs = fabriquerTypes(`${nom}Champs`, dispositif.candidature.champs);
  const Candidature = classe(nom);
  Field(() => champs.sortie, { description: 'Ce que le dispositif demande ; nul si non renseigné ou masqué.' })(
    Candidature.prototype as object,
    'champs',
  );
  ObjectType(nom, {
    implements: () => [Node, CandidatureType],
    description: `Une candidature au dispositif « ${dispositif.libelle} ».`,
  })(Candidature);

  @InputType(`${nom}CreerInput`)
  class CreerInput extends MutationInput {
    @Field(() => ID, { description: 'L’appel auquel vous répondez.' })
    appelId!: string;

    @Field(() => ID, { description: 'La structure qui porte le projet.' })
    structureId!: string;

    @Field(() => [String], { description: 'Codes ou noms des territoires.' })
    territoires!: string[];

    @Field(() => champs.entree, {
      nullable: true,
      description: 'Ce qui est déjà connu : un brouillon peut être incomplet.',
    })
    champs?: Record<string, unknown> | null;

    @Field(() => String, { nullable: true, description: 'Référence dans le logiciel de dépôt du Département.' })
    referenceExterne?: string | null;
  }

  @InputType(`${nom}EnregistrerInput`)
  class EnregistrerInput extends MutationInput {
    @Field(() => ID)
    candidatureId!: string;

    @Field(() => Int, { description: 'La version que vous avez lue.' })
    version!: number;

    @Field(() => [String], {
      nullable: true,
      description: 'Codes ou noms des territoires ; absents, ils ne changent pas.',
    })
    territoires?: string[] | null;

    @Field(() => champs.entree, {
      nullable: true,
      description: 'Seuls les champs donnés changent ; null vide un champ.',
    })
    champs?: Record<string, unknown> | null;

    @Field(() => String, { nullable: true })
    referenceExterne?: string | null;
  }

  const CreerPayload = typeReponse(`${nom}Creer`, 'candidature', () => Candidature);
  const EnregistrerPayload = typeReponse(`${nom}Enregistrer`, 'candidature', () => Candidature);

  @Resolver()
  class ResolveurCandidatures {
    constructor(
      private readonly mutations: ExecuteurMutation,
      private readonly candidatures: CandidatureService,
      private readonly lecture: LectureCandidatures,
    ) {}

    @Mutation(() => CreerPayload, {
      name: `candidature${dispositif.prefixe}Creer`,
      description: `Ouvre un brouillon de candidature au dispositif « ${dispositif.libelle} ».`,
    })
    creer(
      @Context('contexte') contexte: ContexteActeur,
      @Args('input', { type: () => CreerInput }) input: CreerInput,
    ): Promise<Reponse<'candidature', unknown>> {
      return this.faire(contexte, `candidature${dispositif.prefixe}Creer`, input, (em) =>
        this.candidatures.creer(em, contexte, dispositif, { ...input, champs: input.champs ?? {} }),
      );
    }

    @Mutation(() => EnregistrerPayload, {
      name: `candidature${dispositif.prefixe}Enregistrer`,
      description:
        'Enregistre un brouillon, en entier ou champ par champ : à chaque pause de la saisie si vous voulez.',
    })
    enregistrer(
      @Context('contexte') contexte: ContexteActeur,
      @Args('input', { type: () => EnregistrerInput }) input: EnregistrerInput,
    ): Promise<Reponse<'candidature', unknown>> {
      return this.faire(contexte, `candidature${dispositif.prefixe}Enregistrer`, input, (em) =>
        this.candidatures.enregistrer(em, contexte, dispositif, input),
      );
    }

    private faire(
      contexte: ContexteActeur,
      mutation: string,
      input: MutationInput,
      effet: (em: EntityManager) => Promise<string>,
    ): Promise<Reponse<'candidature', unknown>> {
      return repondre(input, 'candidature', () =>
        this.mutations.executer(contexte, mutation, input, {
          effet,
          relire: (em, id) => this.lecture.relire(em, contexte, id),
        }),
      );
    }
  }
  return ResolveurCandidatures;
}
