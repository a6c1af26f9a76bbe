import type { ContexteActeur } from '@sillage/access';
import type { Dispositif } from '@sillage/dispositif-kit';
import { classeGraphql } from '@sillage/read';
import { Args, Context, Field, ID, Info, InputType, Int, Mutation, Resolver } from '@nestjs/graphql';
import type { Type } from '@nestjs/common';
import type { GraphQLResolveInfo } from 'graphql';
import type { EntityManager } from 'typeorm';
import { Gestes, MutationInput, type Reponse, typeReponse, uneFois } from '../api/index.js';
import { candidatureDuDispositif } from './candidature-dispositif.lu.js';
import { CandidatureService } from './candidature.service.js';
import { ComplementService } from './complement.service.js';

/** What the API offers to write one dispositif's candidatures, made from its declaration: create a draft, and save it. */
export const resolveurCandidatures = uneFois(fabriquer);

function fabriquer(dispositif: Dispositif): Type {
  const nom = `Candidature${dispositif.prefixe}`;
  const { lue, entree } = candidatureDuDispositif(dispositif);

  @InputType(`${nom}CreerInput`)
  class CreerInput extends MutationInput {
    @Field(() => ID, { description: 'L’appel auquel vous répondez.' })
    appelId!: string;

    @Field(() => ID, { description: 'La structure qui porte le projet.' })
    structureId!: string;

    @Field(() => [String], { description: 'Codes ou noms des territoires.' })
    territoires!: string[];

    @Field(() => entree, {
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

    @Field(() => entree, {
      nullable: true,
      description: 'Seuls les champs donnés changent ; null vide un champ.',
    })
    champs?: Record<string, unknown> | null;

    @Field(() => String, { nullable: true })
    referenceExterne?: string | null;
  }

  @InputType(`${nom}RepondreComplementInput`)
  class RepondreComplementInput extends MutationInput {
    @Field(() => ID)
    candidatureId!: string;

    @Field(() => Int, { description: 'La version que vous avez lue.' })
    version!: number;

    @Field(() => entree, { nullable: true, description: 'Les champs demandés, et eux seuls.' })
    champs?: Record<string, unknown> | null;

    @Field(() => String, { nullable: true, description: 'Votre réponse, en quelques mots.' })
    reponse?: string | null;
  }

  const CreerPayload = typeReponse(`${nom}Creer`, 'candidature', () => classeGraphql(lue));
  const EnregistrerPayload = typeReponse(`${nom}Enregistrer`, 'candidature', () => classeGraphql(lue));
  const RepondreComplementPayload = typeReponse(`${nom}RepondreComplement`, 'candidature', () => classeGraphql(lue));

  @Resolver()
  class ResolveurCandidatures {
    constructor(
      private readonly gestes: Gestes,
      private readonly candidatures: CandidatureService,
      private readonly complements: ComplementService,
    ) {}

    @Mutation(() => CreerPayload, {
      name: `candidature${dispositif.prefixe}Creer`,
      description: `Ouvre un brouillon de candidature au dispositif « ${dispositif.libelle} ».`,
    })
    creer(
      @Context('contexte') contexte: ContexteActeur,
      @Args('input', { type: () => CreerInput }) input: CreerInput,
      @Info() info: GraphQLResolveInfo,
    ): Promise<Reponse<'candidature', unknown>> {
      return this.faire(contexte, input, info, (em) =>
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
      @Info() info: GraphQLResolveInfo,
    ): Promise<Reponse<'candidature', unknown>> {
      return this.faire(contexte, input, info, (em) => this.candidatures.enregistrer(em, contexte, dispositif, input));
    }

    @Mutation(() => RepondreComplementPayload, {
      name: `candidature${dispositif.prefixe}RepondreComplement`,
      description:
        'Répond à une demande de complément : seuls les champs demandés changent, et ce qu’ils étaient reste.',
    })
    repondreComplement(
      @Context('contexte') contexte: ContexteActeur,
      @Args('input', { type: () => RepondreComplementInput }) input: RepondreComplementInput,
      @Info() info: GraphQLResolveInfo,
    ): Promise<Reponse<'candidature', unknown>> {
      return this.faire(contexte, input, info, (em) => this.complements.rendre(em, contexte, dispositif, input));
    }

    private faire(
      contexte: ContexteActeur,
      input: MutationInput,
      info: GraphQLResolveInfo,
      effet: (em: EntityManager) => Promise<string>,
    ): Promise<Reponse<'candidature', unknown>> {
      return this.gestes.faire(contexte, input, info, { champ: 'candidature', type: lue, effet });
    }
  }
  return ResolveurCandidatures;
}
