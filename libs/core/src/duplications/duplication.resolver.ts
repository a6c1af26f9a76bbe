import type { ContexteActeur } from '@sillage/access';
import { Lectures } from '@sillage/read';
import { Args, Context, Info, Mutation, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { ExecuteurMutation, type Reponse, repondre } from '../api/index.js';
import { appelLu } from '../appels/index.js';
import { lireDuplication } from './duplication.saisie.js';
import { DuplicationAppels } from './duplication.service.js';
import { AppelDupliquerInput, AppelDupliquerPayload } from './duplication.types.js';

@Resolver()
export class DuplicationResolver {
  constructor(
    private readonly executeur: ExecuteurMutation,
    private readonly lectures: Lectures,
    private readonly duplication: DuplicationAppels,
  ) {}

  @Mutation(() => AppelDupliquerPayload, {
    description:
      'Refait un appel, en brouillon : territoires, présentation et valeurs décidées, décalés, sauf ce qui change. ' +
      'L’appel d’origine et ses conventions gardent leurs règles. Relisez-le par appelApercu, puis publiez-le.',
  })
  appelDupliquer(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input', { type: () => AppelDupliquerInput }) input: AppelDupliquerInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'appel', unknown>> {
    return repondre(input, 'appel', () => {
      const demande = lireDuplication(input);
      return this.executeur.executer(contexte, info.fieldName, input, {
        effet: (em) => this.duplication.dupliquer(em, contexte, demande),
        relire: (em, uuid) => this.lectures.relire(em, contexte, { type: appelLu, uuid, champ: 'appel' }, info),
      });
    });
  }
}
