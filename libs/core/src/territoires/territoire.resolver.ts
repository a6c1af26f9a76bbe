import type { ContexteActeur } from '@sillage/access';
import { UniteDeTravail } from '@sillage/persistence';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { TerritoireService } from './territoire.service.js';
import { presenterTerritoire, type TerritoirePresente, TerritoireType } from './territoire.types.js';

@Resolver(() => TerritoireType)
export class TerritoireResolver {
  constructor(
    private readonly unites: UniteDeTravail,
    private readonly service: TerritoireService,
  ) {}

  @Query(() => [TerritoireType], { description: 'Les territoires du Département, par ordre de code.' })
  async territoires(@Context('contexte') contexte: ContexteActeur): Promise<TerritoirePresente[]> {
    const territoires = await this.unites.lecture(contexte.departementId, (em) => this.service.lister(em, contexte));
    return territoires.map(presenterTerritoire);
  }

  @Query(() => TerritoireType, {
    nullable: true,
    description: 'Un territoire par son code ou l’un de ses noms, sans égard à la casse, aux accents ni aux tirets.',
  })
  async territoire(
    @Context('contexte') contexte: ContexteActeur,
    @Args('code', { type: () => String }) code: string,
  ): Promise<TerritoirePresente | null> {
    return this.unites.lecture(contexte.departementId, async (em) => {
      const territoire = await this.service.trouver(em, contexte, code);
      return territoire === null ? null : presenterTerritoire(territoire);
    });
  }
}
