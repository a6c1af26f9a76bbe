import { Field, ObjectType } from '@nestjs/graphql';
import { idOpaque, Node } from '../api/index.js';
import type { Territoire } from './territoire.entity.js';

@ObjectType('Territoire', { implements: () => [Node], description: 'Un territoire du Département.' })
export class TerritoireType extends Node {
  @Field(() => String, { description: 'Code stable, par exemple HENIN_CARVIN.' })
  code!: string;

  @Field(() => String)
  libelle!: string;
}

export function presenterTerritoire({ id, code, libelle }: Territoire): TerritoireType {
  return { id: idOpaque('Territoire', id), code, libelle };
}
