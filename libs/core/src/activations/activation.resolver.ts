import type { ContexteActeur } from '@sillage/access';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import type { EntityManager } from 'typeorm';
import { ExecuteurMutation, introuvable, type MutationInput, type Reponse, repondre } from '../api/index.js';
import { DispositifService, type DispositifType, presenterDispositif } from '../dispositifs/index.js';
import { AdministrationActivations } from './activation.administration.js';
import { lireActivation, lireDesactivation } from './activation.saisie.js';
import {
  DispositifActiverInput,
  DispositifActiverPayload,
  DispositifDesactiverInput,
  DispositifDesactiverPayload,
} from './activation.types.js';

/** The administrator's two switches. */
@Resolver()
export class ActivationResolver {
  constructor(
    private readonly executeur: ExecuteurMutation,
    private readonly dispositifs: DispositifService,
    private readonly administration: AdministrationActivations,
  ) {}

  @Mutation(() => DispositifActiverPayload, {
    description:
      'Active un dispositif sur des territoires. Les traitements refusés parce qu’il était inactif reprennent.',
  })
  dispositifActiver(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input', { type: () => DispositifActiverInput }) input: DispositifActiverInput,
  ): Promise<Reponse<'dispositif', DispositifType>> {
    return this.ecrire(contexte, 'dispositifActiver', input, () => {
      const demande = lireActivation(input);
      return (em) => this.administration.activer(em, contexte, demande);
    });
  }

  @Mutation(() => DispositifDesactiverPayload, {
    description:
      'Désactive un dispositif sur des territoires : plus rien n’y commence, et les activations à venir sont annulées.',
  })
  dispositifDesactiver(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input', { type: () => DispositifDesactiverInput }) input: DispositifDesactiverInput,
  ): Promise<Reponse<'dispositif', DispositifType>> {
    return this.ecrire(contexte, 'dispositifDesactiver', input, () => {
      const demande = lireDesactivation(input);
      return (em) => this.administration.desactiver(em, contexte, demande);
    });
  }

  private ecrire(
    contexte: ContexteActeur,
    mutation: string,
    input: MutationInput & { dispositif: string },
    lire: () => (em: EntityManager) => Promise<string[]>,
  ): Promise<Reponse<'dispositif', DispositifType>> {
    return repondre(input, 'dispositif', () => {
      const effet = lire();
      return this.executeur.executer(contexte, mutation, input, {
        effet: async (em) => {
          const [premiere] = await effet(em);
          if (premiere === undefined) throw introuvable(['input', 'territoires']);
          return premiere;
        },
        relire: async () =>
          presenterDispositif(this.dispositifs.exiger(contexte, input.dispositif, ['input', 'dispositif'])),
      });
    });
  }
}
