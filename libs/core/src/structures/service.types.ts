import { Field, ObjectType } from '@nestjs/graphql';
import { idOpaque, Node } from '../api/index.js';
import { presenterTerritoire, type TerritoirePresente, TerritoireType } from '../territoires/index.js';
import { enumerationGraphql } from '../api/enumeration-graphql.js';
import { TYPES_SERVICE, type TypeService } from './service.entity.js';
import type { ServiceDuTerritoire } from './service.service.js';

export const TypeServiceEnum = enumerationGraphql(
  TYPES_SERVICE,
  'TypeService',
  'Ce que fait un service du Département.',
);

@ObjectType('Service', {
  implements: () => [Node],
  description: 'Un service du Département : le siège, ou un service d’un territoire.',
})
export class ServiceType extends Node {
  @Field(() => TypeServiceEnum)
  type!: TypeService;

  @Field(() => String)
  libelle!: string;

  @Field(() => TerritoireType, { nullable: true, description: 'Nul pour le siège.' })
  territoire!: TerritoirePresente | null;
}

export function presenterService({ service, territoire }: ServiceDuTerritoire): ServiceType {
  return {
    id: idOpaque('Service', service.id),
    type: service.type,
    libelle: service.libelle,
    territoire: territoire && presenterTerritoire(territoire),
  };
}
