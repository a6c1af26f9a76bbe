import type { NatureStructure } from '@sillage/kernel';
import { classeGraphql } from '@sillage/read';
import { Field, ID, InputType } from '@nestjs/graphql';
import { MutationInput, typeReponse } from '../api/index.js';
import { NatureStructureEnum, structureLue } from './structure.lu.js';

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

export const StructureEnregistrerPayload = typeReponse('StructureEnregistrer', 'structure', () =>
  classeGraphql(structureLue),
);
