import { HorodatageScalaire } from '@sillage/dispositif-kit';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { idOpaque, MutationInput, Node, typeConnexion, typeReponse } from '../api/index.js';
import { presenterTerritoire, TerritoireType } from '../territoires/index.js';
import { enumerationGraphql } from '../api/enumeration-graphql.js';
import { NATURES_STRUCTURE, type NatureStructure } from './structure.entity.js';
import type { StructureSituee } from './structure.service.js';

export const NatureStructureEnum = enumerationGraphql(NATURES_STRUCTURE, 'NatureStructure', 'Ce qu’est un organisme.');

@ObjectType('Structure', {
  implements: () => [Node],
  description: 'Un organisme qui peut candidater, conventionner et recevoir un versement.',
})
export class StructureType extends Node {
  @Field(() => String)
  raisonSociale!: string;

  @Field(() => NatureStructureEnum)
  nature!: NatureStructure;

  @Field(() => String, {
    nullable: true,
    description: 'Ce qui identifie la structure ; nul tant que l’administrateur ne l’a pas saisi.',
  })
  siret!: string | null;

  @Field(() => String, { nullable: true, description: 'Code INSEE de la commune de l’établissement.' })
  commune!: string | null;

  @Field(() => [TerritoireType], { description: 'Les territoires où elle intervient, par ordre de code.' })
  territoires!: TerritoireType[];

  @Field(() => HorodatageScalaire)
  creeLe!: string;

  @Field(() => HorodatageScalaire)
  modifieLe!: string;
}

export const StructureConnection = typeConnexion('Structure', () => StructureType);

@InputType()
export class StructureEnregistrerInput extends MutationInput {
  @Field(() => ID, { nullable: true, description: 'Nul pour créer la structure.' })
  id?: string | null;

  @Field(() => String)
  raisonSociale!: string;

  @Field(() => NatureStructureEnum)
  nature!: NatureStructure;

  @Field(() => String, { description: '14 chiffres ; les espaces sont admis.' })
  siret!: string;

  @Field(() => String, { nullable: true, description: 'Code INSEE de la commune de l’établissement.' })
  commune?: string | null;

  @Field(() => [String], { description: 'Codes ou noms des territoires où elle intervient.' })
  territoires!: string[];
}

export const StructureEnregistrerPayload = typeReponse('StructureEnregistrer', 'structure', () => StructureType);

export function presenterStructure({ structure, territoires }: StructureSituee): StructureType {
  return {
    id: idOpaque('Structure', structure.id),
    raisonSociale: structure.raisonSociale,
    nature: structure.nature,
    siret: structure.siret,
    commune: structure.communeCode,
    territoires: territoires.map(presenterTerritoire),
    creeLe: structure.creeLe.toString(),
    modifieLe: structure.modifieLe.toString(),
  };
}
