import type { ContexteActeur } from '@sillage/access';
import { classe, DateCivileScalaire, type Dispositif, fabriquerTypes, MontantScalaire } from '@sillage/dispositif-kit';
import { Args, Context, Field, ID, InputType, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import type { Type } from '@nestjs/common';
import { ExecuteurMutation, MutationInput, Node, type Reponse, repondre, typeReponse, uneFois } from '../api/index.js';
import { LectureConventions } from './convention.lecture.js';
import { ConventionService } from './convention.service.js';
import { type ConventionPresentee, ConventionType } from './convention.types.js';

/** What the API offers for one dispositif's conventions, made from its declaration: `Convention<Prefixe>` and its preparation. */
export const resolveurConventions = uneFois(fabriquer);

function fabriquer(dispositif: Dispositif): Type {
  const nom = `Convention${dispositif.prefixe}`;
  const mutation = `convention${dispositif.prefixe}Preparer`;
  const termes = fabriquerTypes(`${nom}Termes`, dispositif.convention.termes);
  const Convention = classe(nom);
  Field(() => termes.sortie, { description: 'Ce à quoi la convention engage.' })(
    Convention.prototype as object,
    'termes',
  );
  ObjectType(nom, {
    implements: () => [Node, ConventionType],
    description: `Une convention du dispositif « ${dispositif.libelle} ».`,
  })(Convention);

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

    @Field(() => termes.entree)
    termes!: Record<string, unknown>;
  }

  const PreparerPayload = typeReponse(`${nom}Preparer`, 'convention', () => Convention);

  @Resolver()
  class ResolveurConventions {
    constructor(
      private readonly mutations: ExecuteurMutation,
      private readonly service: ConventionService,
      private readonly lecture: LectureConventions,
    ) {}

    @Mutation(() => PreparerPayload, {
      name: mutation,
      description: `Prépare la convention d’une candidature retenue au dispositif « ${dispositif.libelle} ».`,
    })
    preparer(
      @Context('contexte') contexte: ContexteActeur,
      @Args('input', { type: () => PreparerInput }) input: PreparerInput,
    ): Promise<Reponse<'convention', ConventionPresentee | null>> {
      return repondre(input, 'convention', () =>
        this.mutations.executer(contexte, mutation, input, {
          effet: (em) => this.service.preparer(em, contexte, dispositif, input),
          relire: (em, id) => this.lecture.relire(em, contexte, { id }),
        }),
      );
    }
  }
  return ResolveurConventions;
}
