import { DateCivileScalaire } from '@sillage/dispositif-kit';
import { classeGraphql } from '@sillage/read';
import { Field, InputType } from '@nestjs/graphql';
import { MutationInput, typeReponse } from '../api/index.js';
import { communeLue } from './commune.lu.js';

@InputType()
export class CommuneRattacherInput extends MutationInput {
  @Field(() => String, { description: 'Code INSEE de la commune.' })
  commune!: string;

  @Field(() => String, { description: 'Code ou nom du territoire.' })
  territoire!: string;

  @Field(() => DateCivileScalaire, { description: 'Premier jour de la commune dans ce territoire.' })
  du!: string;

  @Field(() => String, { description: 'Ce qui justifie le rattachement : délibération, courrier, carte…' })
  source!: string;
}

export const CommuneRattacherPayload = typeReponse('CommuneRattacher', 'commune', () => classeGraphql(communeLue));
