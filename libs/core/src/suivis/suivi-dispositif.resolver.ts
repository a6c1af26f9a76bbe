import type { ContexteActeur } from '@sillage/access';
import type { Dispositif } from '@sillage/dispositif-kit';
import { classeGraphql } from '@sillage/read';
import { Args, Context, Field, ID, Info, InputType, Int, Mutation, Resolver } from '@nestjs/graphql';
import type { Type } from '@nestjs/common';
import type { GraphQLResolveInfo } from 'graphql';
import { Gestes, MutationInput, type Reponse, typeReponse, uneFois } from '../api/index.js';
import { suivisDuDispositif } from './suivi-dispositif.lu.js';
import { SuiviService } from './suivi.service.js';

/** What the API offers to hand in each report of one dispositif, made from its declaration. */
export const resolveursSuivis = uneFois((dispositif: Dispositif): Type[] =>
  suivisDuDispositif(dispositif).map((suivi) => fabriquer(dispositif, suivi)),
);

function fabriquer(
  { code, libelle: de }: Dispositif,
  { nom, type, libelle, lu, declare }: ReturnType<typeof suivisDuDispositif>[number],
): Type {
  @InputType(`${type}RemettreInput`)
  class RemettreInput extends MutationInput {
    @Field(() => ID, { description: 'Une convention signée.' })
    conventionId!: string;

    @Field(() => Int, { description: 'Rang de la période, depuis le premier jour de la convention : 1, 2, 3…' })
    rang!: number;

    @Field(() => declare)
    champs!: Record<string, unknown>;
  }

  const RemettrePayload = typeReponse(`${type}Remettre`, 'suivi', () => classeGraphql(lu));

  @Resolver()
  class ResolveurSuivi {
    constructor(
      private readonly gestes: Gestes,
      private readonly service: SuiviService,
    ) {}

    @Mutation(() => RemettrePayload, {
      name: `s${type.slice(1)}Remettre`,
      description: `Remet « ${libelle} » d’une période d’une convention du dispositif « ${de} », ou le remet à nouveau tant qu’il n’est pas confirmé.`,
    })
    remettre(
      @Context('contexte') contexte: ContexteActeur,
      @Args('input', { type: () => RemettreInput }) input: RemettreInput,
      @Info() info: GraphQLResolveInfo,
    ): Promise<Reponse<'suivi', unknown>> {
      return this.gestes.faire(contexte, input, info, {
        champ: 'suivi',
        type: lu,
        effet: (em) => this.service.remettre(em, contexte, { code, nom }, input),
      });
    }
  }
  return ResolveurSuivi;
}
