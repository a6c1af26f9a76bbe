import { DateCivileScalaire } from '@sillage/dispositif-kit';
import { classeGraphql } from '@sillage/read';
import { Field, ID, InputType } from '@nestjs/graphql';
import { MutationInput, typeReponse } from '../api/index.js';
import type { Partie } from './convention.entity.js';
import { conventionLue } from './convention.lu.js';
import { PartieEnum } from './parties.js';

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

@InputType()
export class AvenantSignerInput extends MutationInput {
  @Field(() => ID)
  avenantId!: string;

  @Field(() => PartieEnum)
  partie!: Partie;

  @Field(() => DateCivileScalaire, { description: 'Jour de la signature, au plus tard aujourd’hui.' })
  signeeLe!: string;

  @Field(() => String, { description: 'Qualité du signataire.' })
  qualite!: string;
}

@InputType()
export class AvenantAbandonnerInput extends MutationInput {
  @Field(() => ID)
  avenantId!: string;

  @Field(() => String, { description: 'Pourquoi il est abandonné.' })
  motif!: string;
}

export const AvenantAbandonnerPayload = typeReponse('AvenantAbandonner', 'convention', () =>
  classeGraphql(conventionLue),
);
export const AvenantSignerPayload = typeReponse('AvenantSigner', 'convention', () => classeGraphql(conventionLue));
export const ConventionSignerPayload = typeReponse('ConventionSigner', 'convention', () =>
  classeGraphql(conventionLue),
);
