import type { ContexteActeur } from '@sillage/access';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { DispositifService } from './dispositif.service.js';
import { DispositifType, presenterDispositif } from './dispositif.types.js';

@Resolver(() => DispositifType)
export class DispositifResolver {
  constructor(private readonly service: DispositifService) {}

  @Query(() => [DispositifType], { description: 'Les dispositifs installés, actifs ou non, par ordre alphabétique.' })
  dispositifs(@Context('contexte') contexte: ContexteActeur): DispositifType[] {
    return this.service.lister(contexte).map(presenterDispositif);
  }

  @Query(() => DispositifType, { nullable: true, description: 'Un dispositif ; nul si aucun ne porte ce code.' })
  dispositif(
    @Context('contexte') contexte: ContexteActeur,
    @Args('code', { type: () => String, description: 'Code du dispositif.' }) code: string,
  ): DispositifType | null {
    const dispositif = this.service.trouver(contexte, code);
    return dispositif === null ? null : presenterDispositif(dispositif);
  }
}
