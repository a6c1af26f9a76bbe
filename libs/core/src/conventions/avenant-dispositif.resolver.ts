import type { ContexteActeur } from '@sillage/access';
import { DateCivileScalaire, type Dispositif, MontantScalaire } from '@sillage/dispositif-kit';
import { classeGraphql } from '@sillage/read';
import { Args, Context, Field, ID, Info, InputType, Mutation, Resolver } from '@nestjs/graphql';
import type { Type } from '@nestjs/common';
import type { GraphQLResolveInfo } from 'graphql';
import { Gestes, MutationInput, type Reponse, typeReponse, uneFois } from '../api/index.js';
import { candidatureDuDispositif } from '../candidatures/candidature-dispositif.lu.js';
import { conventionDuDispositif } from './convention-dispositif.lu.js';
import { AvenantService } from './avenant.service.js';

/** What the API offers to change one dispositif's conventions, made from its declaration. */
export const resolveurAvenants = uneFois(fabriquer);

function fabriquer(dispositif: Dispositif): Type {
  const nom = `Avenant${dispositif.prefixe}Preparer`;
  const mutation = `avenant${dispositif.prefixe}Preparer`;
  const { lue, entree } = conventionDuDispositif(dispositif);
  const { entree: champs } = candidatureDuDispositif(dispositif);

  @InputType(`${nom}Input`)
  class PreparerInput extends MutationInput {
    @Field(() => ID, { description: 'Une convention signée.' })
    conventionId!: string;

    @Field(() => DateCivileScalaire, { description: 'Premier jour où il vaut, pendant la convention.' })
    effetLe!: string;

    @Field(() => DateCivileScalaire, { nullable: true, description: 'Nouveau dernier jour, inclus, s’il change.' })
    au?: string | null;

    @Field(() => MontantScalaire, { nullable: true, description: 'Nouvelle participation, en tout, si elle change.' })
    montant?: string | null;

    @Field(() => entree, { nullable: true, description: 'Nouveaux termes, en entier, s’ils changent.' })
    termes?: Record<string, unknown> | null;

    @Field(() => champs, {
      nullable: true,
      description:
        'Champs de la candidature que l’avenant remplace, chacun en entier : le plan de financement, surtout.',
    })
    champs?: Record<string, unknown> | null;

    @Field(() => String, { description: 'Pourquoi la convention change.' })
    motif!: string;
  }

  const PreparerPayload = typeReponse(nom, 'convention', () => classeGraphql(lue));

  @Resolver()
  class ResolveurAvenants {
    constructor(
      private readonly gestes: Gestes,
      private readonly service: AvenantService,
    ) {}

    @Mutation(() => PreparerPayload, {
      name: mutation,
      description: `Prépare un avenant à une convention du dispositif « ${dispositif.libelle} » : ce que vous ne dites pas ne change pas.`,
    })
    preparer(
      @Context('contexte') contexte: ContexteActeur,
      @Args('input', { type: () => PreparerInput }) input: PreparerInput,
      @Info() info: GraphQLResolveInfo,
    ): Promise<Reponse<'convention', unknown>> {
      return this.gestes.faire(contexte, input, info, {
        champ: 'convention',
        type: lue,
        effet: (em) => this.service.preparer(em, contexte, dispositif, input),
      });
    }
  }
  return ResolveurAvenants;
}
