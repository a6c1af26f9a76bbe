import type { ContexteActeur } from '@sillage/access';
import type { Horloge } from '@sillage/kernel';
import { UniteDeTravail } from '@sillage/persistence';
import { Inject } from '@nestjs/common';
import { Args, ArgsType, Context, Field, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { EntityManager } from 'typeorm';
import { lireDepuis } from '../api/depuis.js';
import {
  type Connexion,
  connexion,
  ExecuteurMutation,
  HORLOGE,
  introuvable,
  ListeArgs,
  type MutationInput,
  type Reponse,
  repondre,
} from '../api/index.js';
import { DispositifService, DispositifType, presenterDispositif } from '../dispositifs/index.js';
import { AdministrationActivations } from './activation.administration.js';
import { LectureActivations } from './activation.lecture.js';
import { lireActivation, lireDesactivation } from './activation.saisie.js';
import {
  ActivationConnection,
  type ActivationType,
  DispositifActiverInput,
  DispositifActiverPayload,
  DispositifDesactiverInput,
  DispositifDesactiverPayload,
  presenterActivation,
} from './activation.types.js';

@ArgsType()
class ActivationsArgs extends ListeArgs {
  @Field(() => Boolean, { defaultValue: false, description: 'Ne rend que celles qui sont en vigueur.' })
  enVigueur!: boolean;
}

/** Where a dispositif is on, and the administrator's two switches. */
@Resolver(() => DispositifType)
export class ActivationResolver {
  constructor(
    private readonly unites: UniteDeTravail,
    private readonly executeur: ExecuteurMutation,
    private readonly dispositifs: DispositifService,
    private readonly lecture: LectureActivations,
    private readonly administration: AdministrationActivations,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  @ResolveField(() => ActivationConnection, {
    description: 'Où et quand il est activé, de la plus récente activation à la plus ancienne.',
  })
  async activations(
    @Context('contexte') contexte: ContexteActeur,
    @Parent() { code }: DispositifType,
    @Args() { enVigueur, updatedSince, ...page }: ActivationsArgs,
  ): Promise<Connexion<ActivationType>> {
    const filtre = { dispositif: code, enVigueur, modifieDepuis: lireDepuis(updatedSince) };
    const lue = await this.unites.lecture(contexte.departementId, (em) =>
      this.lecture.lister(em, contexte, filtre, page),
    );
    const maintenant = this.horloge.maintenant();
    return connexion(lue, (situee) => presenterActivation(situee, maintenant));
  }

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
