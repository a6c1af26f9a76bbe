import type { ContexteActeur } from '@sillage/access';
import type { Dispositif } from '@sillage/dispositif-kit';
import { classeGraphql } from '@sillage/read';
import { Args, Context, Field, ID, Info, InputType, Int, Mutation, Resolver } from '@nestjs/graphql';
import type { Type } from '@nestjs/common';
import type { GraphQLResolveInfo } from 'graphql';
import type { EntityManager } from 'typeorm';
import { Gestes, MutationInput, type Reponse, typeReponse, uneFois } from '../api/index.js';
import { bilanDuDispositif } from './bilan-dispositif.lu.js';
import { BilanService } from './bilan.service.js';

/** What the API offers to hand in and confirm one dispositif's bilans, made from its declaration. */
export const resolveurBilans = uneFois(fabriquer);

function fabriquer(dispositif: Dispositif): Type {
  const nom = `Bilan${dispositif.prefixe}`;
  const remettre = `bilan${dispositif.prefixe}Remettre`;
  const confirmer = `bilan${dispositif.prefixe}Confirmer`;
  const { lu, declare, retenu } = bilanDuDispositif(dispositif);

  @InputType(`${nom}RemettreInput`)
  class RemettreInput extends MutationInput {
    @Field(() => ID, { description: 'Une convention signée.' })
    conventionId!: string;

    @Field(() => declare)
    champs!: Record<string, unknown>;
  }

  @InputType(`${nom}ConfirmerInput`)
  class ConfirmerInput extends MutationInput {
    @Field(() => ID)
    bilanId!: string;

    @Field(() => Int, { description: 'La version que vous avez lue.' })
    version!: number;

    @Field(() => retenu, {
      nullable: true,
      description: 'Ce que le service retient, s’il ne retient pas ce qui a été déclaré ; `motif` dit alors pourquoi.',
    })
    retenus?: Record<string, unknown> | null;

    @Field(() => String, { nullable: true })
    motif?: string | null;
  }

  const RemettrePayload = typeReponse(`${nom}Remettre`, 'bilan', () => classeGraphql(lu));
  const ConfirmerPayload = typeReponse(`${nom}Confirmer`, 'bilan', () => classeGraphql(lu));

  @Resolver()
  class ResolveurBilans {
    constructor(
      private readonly gestes: Gestes,
      private readonly service: BilanService,
    ) {}

    @Mutation(() => RemettrePayload, {
      name: remettre,
      description: `Remet le bilan d’une convention du dispositif « ${dispositif.libelle} », ou le remet à nouveau tant qu’il n’est pas confirmé.`,
    })
    remettre(
      @Context('contexte') contexte: ContexteActeur,
      @Args('input', { type: () => RemettreInput }) input: RemettreInput,
      @Info() info: GraphQLResolveInfo,
    ): Promise<Reponse<'bilan', unknown>> {
      return this.faire(contexte, input, info, (em) => this.service.remettre(em, contexte, dispositif, input));
    }

    @Mutation(() => ConfirmerPayload, {
      name: confirmer,
      description:
        'Confirme le service fait : les versements qui en dépendent sont calculés (service du dispositif, siège).',
    })
    confirmer(
      @Context('contexte') contexte: ContexteActeur,
      @Args('input', { type: () => ConfirmerInput }) input: ConfirmerInput,
      @Info() info: GraphQLResolveInfo,
    ): Promise<Reponse<'bilan', unknown>> {
      return this.faire(contexte, input, info, (em) => this.service.confirmer(em, contexte, dispositif, input));
    }

    private faire(
      contexte: ContexteActeur,
      input: MutationInput,
      info: GraphQLResolveInfo,
      effet: (em: EntityManager) => Promise<string>,
    ): Promise<Reponse<'bilan', unknown>> {
      return this.gestes.faire(contexte, input, info, { champ: 'bilan', type: lu, effet });
    }
  }
  return ResolveurBilans;
}
