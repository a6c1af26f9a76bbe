import { DateCivileScalaire, type NatureDeFin } from '@sillage/dispositif-kit';
import { classeGraphql } from '@sillage/read';
import { Field, ID, InputType } from '@nestjs/graphql';
import { MutationInput, typeReponse } from '../api/index.js';
import type { Partie } from './convention.entity.js';
import { conventionLue } from './convention.lu.js';
import { NatureDeFinEnum, PartieEnum } from './parties.js';

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

@InputType()
export class ConventionAbandonnerInput extends MutationInput {
  @Field(() => ID)
  conventionId!: string;

  @Field(() => String, { description: 'Pourquoi elle est abandonnée.' })
  motif!: string;
}

@InputType()
export class ConventionResilierInput extends MutationInput {
  @Field(() => ID)
  conventionId!: string;

  @Field(() => PartieEnum, { description: 'La partie qui y met fin.' })
  partie!: Partie;

  @Field(() => NatureDeFinEnum)
  nature!: NatureDeFin;

  @Field(() => DateCivileScalaire, { description: 'Jour d’envoi du courrier recommandé, au plus tard aujourd’hui.' })
  envoyeeLe!: string;

  @Field(() => DateCivileScalaire, {
    nullable: true,
    description: 'Dernier jour de la convention, inclus ; à défaut, le plus tôt que le courrier permette.',
  })
  effetLe?: string | null;

  @Field(() => String)
  motif!: string;
}

export const ConventionAbandonnerPayload = typeReponse('ConventionAbandonner', 'convention', () =>
  classeGraphql(conventionLue),
);
export const ConventionResilierPayload = typeReponse('ConventionResilier', 'convention', () =>
  classeGraphql(conventionLue),
);
export const AvenantAbandonnerPayload = typeReponse('AvenantAbandonner', 'convention', () =>
  classeGraphql(conventionLue),
);
export const AvenantSignerPayload = typeReponse('AvenantSigner', 'convention', () => classeGraphql(conventionLue));
export const ConventionSignerPayload = typeReponse('ConventionSigner', 'convention', () =>
  classeGraphql(conventionLue),
);
