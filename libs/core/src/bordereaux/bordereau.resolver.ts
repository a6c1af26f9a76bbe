import type { ContexteActeur } from '@sillage/access';
import { classeGraphql } from '@sillage/read';
import { Args, Context, Field, Info, InputType, Mutation, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { EntityManager } from 'typeorm';
import { Gestes, MutationInput, type Reponse, typeReponse } from '../api/index.js';
import { bordereauLu } from './bordereau.lu.js';
import { BordereauService } from './bordereau.service.js';

@InputType()
class BordereauEmettreInput extends MutationInput {}

@InputType()
class BordereauRetourImporterInput extends MutationInput {
  @Field(() => String, {
    description: 'Le fichier CSV, séparé par des points-virgules : bordereau;versement;montant;resultat;date;motif.',
  })
  contenu!: string;
}

const BordereauEmettrePayload = typeReponse('BordereauEmettre', 'bordereau', () => classeGraphql(bordereauLu));
const BordereauRetourImporterPayload = typeReponse('BordereauRetourImporter', 'bordereau', () =>
  classeGraphql(bordereauLu),
);

/** The exchange with the finance software. */
@Resolver()
export class BordereauResolver {
  constructor(
    private readonly gestes: Gestes,
    private readonly service: BordereauService,
  ) {}

  @Mutation(() => BordereauEmettrePayload, {
    description: 'Réunit les versements ordonnancés qui n’ont pas encore été envoyés, en un fichier scellé (siège).',
  })
  bordereauEmettre(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: BordereauEmettreInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'bordereau', unknown>> {
    return this.#faire(contexte, input, info, (em) => this.service.emettre(em, contexte));
  }

  @Mutation(() => BordereauRetourImporterPayload, {
    description:
      'Importe ce que le comptable a payé ou rejeté, en entier ou pas du tout. L’importer deux fois ne change rien (siège).',
  })
  bordereauRetourImporter(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: BordereauRetourImporterInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'bordereau', unknown>> {
    return this.#faire(contexte, input, info, (em) => this.service.importer(em, contexte, input.contenu));
  }

  #faire(
    contexte: ContexteActeur,
    input: MutationInput,
    info: GraphQLResolveInfo,
    effet: (em: EntityManager) => Promise<string>,
  ): Promise<Reponse<'bordereau', unknown>> {
    return this.gestes.faire(contexte, input, info, { champ: 'bordereau', type: bordereauLu, effet });
  }
}
