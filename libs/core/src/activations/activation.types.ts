import { DateCivileScalaire } from '@sillage/dispositif-kit';
import { Field, InputType } from '@nestjs/graphql';
import { MutationInput, typeReponse } from '../api/index.js';
import { DispositifType } from '../dispositifs/index.js';
import { EnCoursEnum } from './activation.lu.js';
import type { EnCours } from './activation.regles.js';

@InputType({ description: 'Une activation à décider.' })
export class DispositifActiverInput extends MutationInput {
  @Field(() => String, { description: 'Code du dispositif.' })
  dispositif!: string;

  @Field(() => [String], { description: 'Codes ou noms des territoires : tous sont activés, ou aucun.' })
  territoires!: string[];

  @Field(() => DateCivileScalaire, {
    nullable: true,
    description: 'Premier jour ; absent ou aujourd’hui : dès maintenant.',
  })
  du?: string | null;

  @Field(() => DateCivileScalaire, { nullable: true, description: 'Dernier jour, inclus ; absent : sans fin prévue.' })
  au?: string | null;
}

@InputType({ description: 'Une désactivation à décider.' })
export class DispositifDesactiverInput extends MutationInput {
  @Field(() => String, { description: 'Code du dispositif.' })
  dispositif!: string;

  @Field(() => [String], { description: 'Codes ou noms des territoires : tous sont désactivés, ou aucun.' })
  territoires!: string[];

  @Field(() => DateCivileScalaire, {
    nullable: true,
    description: 'Premier jour sans le dispositif ; absent ou aujourd’hui : immédiatement.',
  })
  aCompterDu?: string | null;

  @Field(() => EnCoursEnum, { description: 'Ce que deviennent les dossiers commencés.' })
  enCours!: EnCours;
}

export const DispositifActiverPayload = typeReponse('DispositifActiver', 'dispositif', () => DispositifType);
export const DispositifDesactiverPayload = typeReponse('DispositifDesactiver', 'dispositif', () => DispositifType);
