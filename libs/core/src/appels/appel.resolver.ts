import type { ContexteActeur } from '@sillage/access';
import { Lectures } from '@sillage/read';
import { Args, Context, Info, Mutation, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { EntityManager } from 'typeorm';
import { ExecuteurMutation, lireId, type MutationInput, type Reponse, repondre } from '../api/index.js';
import { appelLu } from './appel.lu.js';
import { RedactionAppels } from './appel.redaction.js';
import { lireCreation, lireRetouche } from './appel.saisie.js';
import {
  AppelCreerInput,
  AppelCreerPayload,
  AppelModifierInput,
  AppelModifierPayload,
  AppelPublierInput,
  AppelPublierPayload,
} from './appel.types.js';

@Resolver()
export class AppelResolver {
  constructor(
    private readonly executeur: ExecuteurMutation,
    private readonly lectures: Lectures,
    private readonly redaction: RedactionAppels,
  ) {}

  @Mutation(() => AppelCreerPayload, { description: 'Crée un appel en brouillon, que l’administration seule voit.' })
  async appelCreer(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input', { type: () => AppelCreerInput }) input: AppelCreerInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'appel', unknown>> {
    return this.ecrire(contexte, input, info, () => {
      const demande = lireCreation(input);
      return (em) => this.redaction.creer(em, contexte, demande);
    });
  }

  @Mutation(() => AppelModifierPayload, { description: 'Modifie un appel tant qu’il est en brouillon.' })
  async appelModifier(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input', { type: () => AppelModifierInput }) input: AppelModifierInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'appel', unknown>> {
    return this.ecrire(contexte, input, info, () => {
      const retouche = lireRetouche(input);
      return (em) => this.redaction.modifier(em, contexte, retouche);
    });
  }

  @Mutation(() => AppelPublierPayload, {
    description:
      'Publie un appel : tout le monde le voit et il ne change plus. Le dispositif doit être activé pendant sa fenêtre.',
  })
  async appelPublier(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input', { type: () => AppelPublierInput }) input: AppelPublierInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'appel', unknown>> {
    return this.ecrire(contexte, input, info, () => {
      const id = lireId('Appel', input.id, ['input', 'id']);
      return (em) => this.redaction.publier(em, contexte, id);
    });
  }

  private ecrire(
    contexte: ContexteActeur,
    input: MutationInput,
    info: GraphQLResolveInfo,
    lire: () => (em: EntityManager) => Promise<string>,
  ): Promise<Reponse<'appel', unknown>> {
    return repondre(input, 'appel', () => {
      const effet = lire();
      return this.executeur.executer(contexte, info.fieldName, input, {
        effet,
        relire: (em, uuid) => this.lectures.relire(em, contexte, { type: appelLu, uuid, champ: 'appel' }, info),
      });
    });
  }
}
