import { classeGraphql } from '@sillage/read';
import { Field, ID, InputType } from '@nestjs/graphql';
import { MutationInput, typeReponse } from '../api/index.js';
import { versementLu } from './versement.lu.js';

@InputType()
export class VersementValiderInput extends MutationInput {
  @Field(() => ID)
  versementId!: string;
}

@InputType()
export class VersementRefuserInput extends VersementValiderInput {
  @Field(() => String, { description: 'Pourquoi il est refusé.' })
  motif!: string;
}

export const VersementValiderPayload = typeReponse('VersementValider', 'versement', () => classeGraphql(versementLu));
export const VersementRefuserPayload = typeReponse('VersementRefuser', 'versement', () => classeGraphql(versementLu));
