import { classeGraphql } from '@sillage/read';
import { Field, ID, InputType } from '@nestjs/graphql';
import { idOpaque, MutationInput, typeConnexion, typeReponse } from '../api/index.js';
import { presenterTerritoire, type TerritoirePresente } from '../territoires/index.js';
import type { NatureStructure } from './structure.entity.js';
import { NatureStructureEnum, structureLue } from './structure.lu.js';

export { NatureStructureEnum };
import type { StructureSituee } from './structure.service.js';

export const StructureType = classeGraphql(structureLue);

export interface StructurePresentee {
  id: string;
  raisonSociale: string;
  nature: NatureStructure;
  siret: string | null;
  commune: string | null;
  territoires: TerritoirePresente[];
  creeLe: string;
  modifieLe: string;
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

export function presenterStructure({ structure, territoires }: StructureSituee): StructurePresentee {
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
