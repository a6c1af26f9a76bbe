import type { ContexteActeur } from '@sillage/access';
import { MontantScalaire } from '@sillage/dispositif-kit';
import { classeGraphql } from '@sillage/read';
import { Args, Context, Field, ID, Info, InputType, Mutation, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { EntityManager } from 'typeorm';
import { Gestes, MutationInput, type Reponse, typeReponse } from '../api/index.js';
import { enveloppeLue } from './comptabilite.lu.js';
import { EnveloppeAdministration } from './enveloppe.administration.js';

@InputType()
class CreditsOuvrirInput extends MutationInput {
  @Field(() => ID)
  appelId!: string;

  @Field(() => MontantScalaire, {
    description: 'Plus de zéro, un milliard d’euros au plus ; il s’ajoute aux crédits déjà ouverts.',
  })
  montant!: string;

  @Field(() => String, { description: 'Pourquoi : délibération, virement, décision modificative.' })
  motif!: string;
}

@InputType()
class EcritureCorrigerInput extends MutationInput {
  @Field(() => ID)
  ecritureId!: string;

  @Field(() => String, { description: 'Pourquoi elle est annulée.' })
  motif!: string;
}

const CreditsOuvrirPayload = typeReponse('CreditsOuvrir', 'enveloppe', () => classeGraphql(enveloppeLue));
const EcritureCorrigerPayload = typeReponse('EcritureCorriger', 'enveloppe', () => classeGraphql(enveloppeLue));

/** Credits and corrections. */
@Resolver()
export class ComptabiliteResolver {
  constructor(
    private readonly gestes: Gestes,
    private readonly administration: EnveloppeAdministration,
  ) {}

  @Mutation(() => CreditsOuvrirPayload, { description: 'Ouvre des crédits sur l’enveloppe d’un appel (siège).' })
  creditsOuvrir(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: CreditsOuvrirInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'enveloppe', unknown>> {
    return this.#faire(contexte, input, info, (em) => this.administration.ouvrirCredits(em, contexte, input));
  }

  @Mutation(() => EcritureCorrigerPayload, {
    description: 'Annule une ouverture de crédits par l’écriture contraire, qui la nomme (siège). Rien ne s’efface.',
  })
  ecritureCorriger(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: EcritureCorrigerInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'enveloppe', unknown>> {
    return this.#faire(contexte, input, info, (em) => this.administration.corriger(em, contexte, input));
  }

  #faire(
    contexte: ContexteActeur,
    input: MutationInput,
    info: GraphQLResolveInfo,
    effet: (em: EntityManager) => Promise<string>,
  ): Promise<Reponse<'enveloppe', unknown>> {
    return this.gestes.faire(contexte, input, info, { champ: 'enveloppe', type: enveloppeLue, effet });
  }
}
