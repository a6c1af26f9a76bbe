import { ArgsType, Field, ID, Int, InterfaceType, ObjectType } from '@nestjs/graphql';
import { PAGE_MAX, TOTAL_MAX } from './pagination.js';

@InterfaceType({ description: 'Tout objet qui porte un identifiant opaque, stable et unique.' })
export abstract class Node {
  @Field(() => ID, { description: 'Identifiant opaque : ne le découpez pas, ne le fabriquez pas.' })
  id!: string;
}

@ArgsType()
export class PaginationArgs {
  @Field(() => Int, { nullable: true, description: `Taille de la page, depuis le début (au plus ${PAGE_MAX}).` })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Curseur après lequel la page commence.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: `Taille de la page, depuis la fin (au plus ${PAGE_MAX}).` })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Curseur avant lequel la page finit.' })
  before?: string | null;
}

@ObjectType({ description: 'Où l’on est dans une liste.' })
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean)
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  startCursor!: string | null;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

/** What a connection says of the whole list, only when asked. */
export const TOTAUX = {
  totalCount: `Combien la liste compte d’éléments, jusqu’à ${TOTAL_MAX} ; au-delà, « au moins ${TOTAL_MAX} » (voir totalCountExact).`,
  totalCountExact: `Faux quand la liste en compte plus de ${TOTAL_MAX} : totalCount est alors un minimum.`,
} as const;
