import { DateCivileScalaire } from '@sillage/dispositif-kit';
import { classeGraphql } from '@sillage/read';
import { Field, ID, InputType } from '@nestjs/graphql';
import { MutationInput, typeReponse } from '../api/index.js';
import type { Partie } from './convention.entity.js';
import { conventionLue, PartieEnum } from './convention.lu.js';

@InputType()
export class ConventionSignerInput extends MutationInput {
  @Field(() => ID)
  conventionId!: string;

  @Field(() => PartieEnum)
  partie!: Partie;

  @Field(() => DateCivileScalaire, { description: 'Jour de la signature, au plus tard aujourd’hui.' })
  signeeLe!: string;

  @Field(() => String, { description: 'Qualité du signataire : « présidente », « directeur par délégation ».' })
  qualite!: string;
}

export const ConventionSignerPayload = typeReponse('ConventionSigner', 'convention', () =>
  classeGraphql(conventionLue),
);
