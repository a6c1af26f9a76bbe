import type { ContexteActeur } from '@sillage/access';
import { Montant, Refus } from '@sillage/kernel';
import { UniteDeTravail } from '@sillage/persistence';
import { Args, Context, ID, Query, Resolver } from '@nestjs/graphql';
import { lireId } from '../api/index.js';
import { ComparaisonService } from './comparaison.service.js';
import { ComparaisonType, presenterComparaison } from './comparaison.types.js';

@Resolver(() => ComparaisonType)
export class ComparaisonResolver {
  constructor(
    private readonly unites: UniteDeTravail,
    private readonly comparaisons: ComparaisonService,
  ) {}

  @Query(() => ComparaisonType, {
    description:
      'Les candidatures déposées d’un appel, côte à côte : critères du dispositif, avis, montants et enveloppe. Pour le siège et les ' +
      'services dont l’avis est demandé, chacun sur ses territoires ; aucune note n’est calculée (AMB-106).',
  })
  async comparaisonCandidatures(
    @Context('contexte') contexte: ContexteActeur,
    @Args('appelId', { type: () => ID }) appelId: string,
  ): Promise<ComparaisonType> {
    try {
      const uuid = lireId('Appel', appelId, ['appelId']);
      const comparaison = await this.unites.lecture(contexte.departementId, (em) =>
        this.comparaisons.comparer(em, contexte, uuid),
      );
      return presenterComparaison(comparaison);
    } catch (erreur) {
      if (!(erreur instanceof Refus)) throw erreur;
      const vide = { criteres: [], candidatures: [], tronquee: false, creditsOuverts: null, disponible: null };
      return { errors: [...erreur.erreurs], ...vide, demande: Montant.ZERO.toString() };
    }
  }
}
