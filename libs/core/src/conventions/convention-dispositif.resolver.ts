import type { ContexteActeur } from '@sillage/access';
import { DateCivileScalaire, type Dispositif, MontantScalaire } from '@sillage/dispositif-kit';
import { classeGraphql } from '@sillage/read';
import { Args, Context, Field, ID, Info, InputType, Mutation, Resolver } from '@nestjs/graphql';
import type { Type } from '@nestjs/common';
import type { GraphQLResolveInfo } from 'graphql';
import { Gestes, MutationInput, type Reponse, typeReponse, uneFois } from '../api/index.js';
import { conventionDuDispositif } from './convention-dispositif.lu.js';
import { ConventionService } from './convention.service.js';

/** What the API offers to prepare one dispositif's conventions, made from its declaration. */
export const resolveurConventions = uneFois(fabriquer);

function fabriquer(dispositif: Dispositif): Type {
  const nom = `Convention${dispositif.prefixe}`;
  const mutation = `convention${dispositif.prefixe}Preparer`;
  const { lue, entree } = conventionDuDispositif(dispositif);

  @InputType(`${nom}PreparerInput`)
  class PreparerInput extends MutationInput {
    @Field(() => ID, { description: 'Une candidature retenue.' })
    candidatureId!: string;

    @Field(() => DateCivileScalaire, { description: 'Premier jour.' })
    du!: string;

    @Field(() => DateCivileScalaire, { description: 'Dernier jour, inclus.' })
    au!: string;

    @Field(() => MontantScalaire, { description: 'Participation du Département, au plus le plafond.' })
    montant!: string;

    @Field(() => entree)
    termes!: Record<string, unknown>;
  }

  const PreparerPayload = typeReponse(`${nom}Preparer`, 'convention', () => classeGraphql(lue));

  @Resolver()
  class ResolveurConventions {
    constructor(
      private readonly gestes: Gestes,
      private readonly service: ConventionService,
    ) {}

    @Mutation(() => PreparerPayload, {
      name: mutation,
      description: `Prépare la convention d’une candidature retenue au dispositif « ${dispositif.libelle} ».`,
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
  return ResolveurConventions;
}
