import type { ContexteActeur } from '@sillage/access';
import { Refus } from '@sillage/kernel';
import { classeGraphql } from '@sillage/read';
import { Args, Context, Field, ID, Info, InputType, Mutation, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Gestes, lireId, MutationInput, type Reponse, typeReponse } from '../api/index.js';
import { decoder } from './fichier.js';
import { importationLue } from './importation.lu.js';
import { ImportationService } from './importation.service.js';

@InputType({ description: 'Un fichier CSV du logiciel de dépôt : son texte, ou ses octets.' })
export class CandidaturesImporterInput extends MutationInput {
  @Field(() => ID, { description: 'L’appel dont il contient les candidatures.' })
  appelId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Le texte du fichier, séparé par des points-virgules ou des virgules.',
  })
  contenu?: string | null;

  @Field(() => String, { nullable: true, description: 'Ou ses octets, en base64 : UTF-8 ou Windows-1252.' })
  octets?: string | null;
}

const CandidaturesImporterPayload = typeReponse('CandidaturesImporter', 'importation', () =>
  classeGraphql(importationLue),
);

@Resolver()
export class ImportationResolver {
  constructor(
    private readonly gestes: Gestes,
    private readonly importations: ImportationService,
  ) {}

  @Mutation(() => CandidaturesImporterPayload, {
    description:
      'Reprend les candidatures déposées dans le logiciel du Département : référence, SIRET, territoires, dépôt, validation et ' +
      'champs du formulaire, par clé ou libellé. Chaque ligne est prise ou refusée en entier ; renvoyée, elle ne fait pas de doublon. ' +
      'Les pièces du dépôt restent dans ce logiciel : une alerte PIECE_MANQUANTE les nomme, et un complément les demande.',
  })
  candidaturesImporter(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input', { type: () => CandidaturesImporterInput }) input: CandidaturesImporterInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'importation', unknown>> {
    return this.gestes.faire(contexte, input, info, {
      champ: 'importation',
      type: importationLue,
      effet: (em) => {
        const appelId = lireId('Appel', input.appelId, ['input', 'appelId']);
        return this.importations.importer(em, contexte, { appelId, ...lireContenu(input) });
      },
    });
  }
}

/** @throws Refus VALEUR_INVALIDE, CHAMP_OBLIGATOIRE */
function lireContenu({ contenu, octets }: CandidaturesImporterInput): { contenu: string; path: string[] } {
  const regle = 'AMB-166';
  if (typeof contenu === 'string' && typeof octets === 'string') {
    const message = 'Donnez le texte du fichier, ou ses octets, pas les deux.';
    throw Refus.de('VALEUR_INVALIDE', message, { path: ['input', 'octets'], regle });
  }
  if (typeof octets === 'string') {
    const path = ['input', 'octets'];
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(octets)) {
      throw Refus.de('VALEUR_INVALIDE', 'Les octets du fichier s’écrivent en base64.', { path, regle });
    }
    return { contenu: decoder(Buffer.from(octets, 'base64'), path), path };
  }
  const path = ['input', 'contenu'];
  if (typeof contenu !== 'string') throw Refus.de('CHAMP_OBLIGATOIRE', 'Donnez le fichier.', { path, regle });
  return { contenu: decoder(Buffer.from(contenu, 'utf8'), path), path };
}
