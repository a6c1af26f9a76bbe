import { classeGraphql } from '@sillage/read';
import { Field, ID, InputType } from '@nestjs/graphql';
import { MutationInput, typeReponse } from '../api/index.js';
import { versementLu } from './versement.lu.js';

@InputType()
export class VersementLiquiderInput extends MutationInput {
  @Field(() => ID)
  versementId!: string;
}

@InputType()
export class VersementRefuserInput extends VersementLiquiderInput {
  @Field(() => String, { description: 'Pourquoi il est refusé.' })
  motif!: string;
}

@InputType()
export class VersementOrdonnerInput extends VersementLiquiderInput {}

export const VersementLiquiderPayload = typeReponse('VersementLiquider', 'versement', () => classeGraphql(versementLu));
export const VersementOrdonnerPayload = typeReponse('VersementOrdonner', 'versement', () => classeGraphql(versementLu));
export const VersementRefuserPayload = typeReponse('VersementRefuser', 'versement', () => classeGraphql(versementLu));
