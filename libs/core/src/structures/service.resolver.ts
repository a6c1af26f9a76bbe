import type { ContexteActeur } from '@sillage/access';
import { UniteDeTravail } from '@sillage/persistence';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import type { TypeService } from './service.entity.js';
import { ServiceDepartementService } from './service.service.js';
import { presenterService, ServiceType, TypeServiceEnum } from './service.types.js';

@Resolver(() => ServiceType)
export class ServiceResolver {
  constructor(
    private readonly unites: UniteDeTravail,
    private readonly service: ServiceDepartementService,
  ) {}

  @Query(() => [ServiceType], {
    description: 'Les services du Département : le siège, puis ceux de chaque territoire.',
  })
  async services(
    @Context('contexte') contexte: ContexteActeur,
    @Args('type', { type: () => TypeServiceEnum, nullable: true }) type: TypeService | null,
  ): Promise<ServiceType[]> {
    const services = await this.unites.lecture(contexte.departementId, (em) =>
      this.service.lister(em, contexte, type ?? null),
    );
    return services.map(presenterService);
  }
}
