import type { ContexteActeur } from '@sillage/access';
import { lire } from '@sillage/dispositif-kit';
import { Lectures } from '@sillage/read';
import { Args, Context, Info, Mutation, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { ExecuteurMutation, type Reponse, repondre } from '../api/index.js';
import { communeLue } from './commune.lu.js';
import { saisieRattachement } from './commune.saisie.js';
import { CommuneRattacherInput, CommuneRattacherPayload } from './commune.types.js';
import { RattachementService } from './rattachement.service.js';

@Resolver()
export class CommuneResolver {
  constructor(
    private readonly executeur: ExecuteurMutation,
    private readonly lectures: Lectures,
    private readonly rattachements: RattachementService,
  ) {}

  @Mutation(() => CommuneRattacherPayload, {
    description:
      'Rattache une commune à un territoire à partir d’un jour (AMB-139). La période en cours ce jour-là est close la veille.',
  })
  async communeRattacher(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input', { type: () => CommuneRattacherInput }) input: CommuneRattacherInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'commune', unknown>> {
    return repondre(input, 'commune', () => {
      const demande = lire(saisieRattachement, input, ['input']);
      return this.executeur.executer(contexte, 'communeRattacher', input, {
        effet: (em) => this.rattachements.rattacher(em, contexte, demande),
        relire: async (em, id) => {
          const uuid = await this.rattachements.communeRattachee(em, contexte.departementId, id);
          const date = { valeur: demande.du.toString(), type: 'date' };
          const objet = { type: communeLue, uuid, champ: 'commune', arguments: { date } };
          return this.lectures.relire(em, contexte, objet, info);
        },
      });
    });
  }
}
