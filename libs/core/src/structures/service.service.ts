import { type ContexteActeur, exigerDroit } from '@sillage/access';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Territoire } from '../territoires/index.js';
import { ServiceDepartement, type TypeService } from './service.entity.js';

export interface ServiceDuTerritoire {
  service: ServiceDepartement;
  territoire: Territoire | null;
}

/** The département's offices. */
@Injectable()
export class ServiceDepartementService {
  /** All of them (about forty), the head office first, then by territory and type. @param type null for all types */
  async lister(em: EntityManager, contexte: ContexteActeur, type: TypeService | null): Promise<ServiceDuTerritoire[]> {
    exigerDroit(contexte, 'lire', 'Service', {});
    const { departementId } = contexte;
    const services = await em.findBy(ServiceDepartement, type === null ? { departementId } : { departementId, type });
    const territoires = await em.find(Territoire, { where: { departementId }, order: { code: 'ASC' } });
    const desTerritoires = (territoire: Territoire | null): ServiceDuTerritoire[] =>
      services
        .filter((service) => service.territoireId === (territoire?.id ?? null))
        .sort((a, b) => a.type.localeCompare(b.type))
        .map((service) => ({ service, territoire }));
    return [null, ...territoires].flatMap(desTerritoires);
  }
}
