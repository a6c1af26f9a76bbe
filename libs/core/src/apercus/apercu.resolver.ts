import type { ContexteActeur } from '@sillage/access';
import { type Horloge, Refus } from '@sillage/kernel';
import { UniteDeTravail } from '@sillage/persistence';
import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { HORLOGE } from '../api/horloge.provider.js';
import { ApercuActivations, type ApercuTerritoire } from './activation.apercu.js';
import { lireApercu } from './apercu.saisie.js';
import { presenterActivation, presenterAppel, presenterTerritoire } from './apercu.presentation.js';
import { ActivationApercuArgs, ActivationApercuType, type ApercuTerritoireType } from './apercu.types.js';

@Resolver(() => ActivationApercuType)
export class ApercuResolver {
  constructor(
    private readonly unites: UniteDeTravail,
    private readonly apercus: ApercuActivations,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  @Query(() => ActivationApercuType, {
    description: 'Ce que toucherait une activation ou une désactivation, avant de la faire. Pour l’administrateur.',
  })
  async activationApercu(
    @Context('contexte') contexte: ContexteActeur,
    @Args() args: ActivationApercuArgs,
  ): Promise<ActivationApercuType> {
    try {
      const demande = lireApercu(args);
      const { erreurs, territoires } = await this.unites.lecture(contexte.departementId, (em) =>
        this.apercus.calculer(em, contexte, demande),
      );
      return { errors: [...erreurs], territoires: territoires.map((ligne) => this.presenter(ligne)) };
    } catch (erreur) {
      if (!(erreur instanceof Refus)) throw erreur;
      return { errors: [...erreur.erreurs], territoires: [] };
    }
  }

  private presenter({
    territoire,
    activations,
    appels,
    candidatures,
    ...nombres
  }: ApercuTerritoire): ApercuTerritoireType {
    const maintenant = this.horloge.maintenant();
    return {
      ...nombres,
      territoire: presenterTerritoire(territoire),
      activations: activations.map((activation) => presenterActivation(activation, territoire, maintenant)),
      appels: appels.map(presenterAppel),
      candidatures: [...candidatures],
    };
  }
}
