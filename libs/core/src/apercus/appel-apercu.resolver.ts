import type { ContexteActeur } from '@sillage/access';
import { Refus } from '@sillage/kernel';
import { UniteDeTravail } from '@sillage/persistence';
import { Args, Context, ID, Query, Resolver } from '@nestjs/graphql';
import { lireId } from '../api/index.js';
import { APERCU_REFUSE, AppelApercuType, presenterApercu } from './appel-apercu.types.js';
import { ApercuAppels } from './appel.apercu.js';

@Resolver(() => AppelApercuType)
export class AppelApercuResolver {
  constructor(
    private readonly unites: UniteDeTravail,
    private readonly apercus: ApercuAppels,
  ) {}

  @Query(() => AppelApercuType, {
    description:
      'Un appel, même en brouillon, comme un candidat le lirait : fenêtre, formulaire, paramètres et leurs règles, ' +
      'et ce qui change par rapport à l’appel dont il est issu. Pour l’administrateur et le siège.',
  })
  async appelApercu(
    @Context('contexte') contexte: ContexteActeur,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<AppelApercuType> {
    try {
      const uuid = lireId('Appel', id, ['id']);
      const apercu = await this.unites.lecture(contexte.departementId, (em) =>
        this.apercus.calculer(em, contexte, uuid),
      );
      return presenterApercu(apercu);
    } catch (erreur) {
      if (!(erreur instanceof Refus)) throw erreur;
      return { errors: [...erreur.erreurs], ...APERCU_REFUSE };
    }
  }
}
