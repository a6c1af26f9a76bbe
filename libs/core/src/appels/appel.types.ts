import { DateCivileScalaire } from '@sillage/dispositif-kit';
import { classeGraphql } from '@sillage/read';
import { Field, ID, InputType } from '@nestjs/graphql';
import { MutationInput, typeReponse } from '../api/index.js';
import { appelLu } from './appel.lu.js';

const AppelType = classeGraphql(appelLu);

@InputType({ description: 'Un appel à préparer.' })
export class AppelCreerInput extends MutationInput {
  @Field(() => String, { description: 'Code du dispositif.' })
  dispositif!: string;

  @Field(() => String, { description: 'Code de l’appel : lettres, chiffres et traits d’union. Il ne changera plus.' })
  code!: string;

  @Field(() => String, { description: 'Nom de l’appel, pour les personnes.' })
  libelle!: string;

  @Field(() => DateCivileScalaire, { description: 'Premier jour de dépôt, inclus.' })
  ouverture!: string;

  @Field(() => DateCivileScalaire, { description: 'Dernier jour de dépôt, inclus.' })
  cloture!: string;

  @Field(() => [String], { description: 'Codes ou noms des territoires.' })
  territoires!: string[];

  @Field(() => String, { nullable: true, description: 'Ce que l’appel dit aux candidats.' })
  presentation?: string | null;
}

@InputType({ description: 'Ce qui change dans un appel en brouillon.' })
export class AppelModifierInput extends MutationInput {
  @Field(() => ID, { description: 'L’appel à modifier.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Absent : inchangé, comme les champs qui suivent.' })
  libelle?: string | null;

  @Field(() => DateCivileScalaire, { nullable: true, description: 'Premier jour de dépôt, inclus.' })
  ouverture?: string | null;

  @Field(() => DateCivileScalaire, { nullable: true, description: 'Dernier jour de dépôt, inclus.' })
  cloture?: string | null;

  @Field(() => [String], { nullable: true, description: 'Codes ou noms ; remplace la liste.' })
  territoires?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Ce que l’appel dit aux candidats ; null la retire.' })
  presentation?: string | null;
}

@InputType({ description: 'Un appel à publier.' })
export class AppelPublierInput extends MutationInput {
  @Field(() => ID, { description: 'L’appel à publier.' })
  id!: string;
}

export const AppelCreerPayload = typeReponse('AppelCreer', 'appel', () => AppelType);
export const AppelModifierPayload = typeReponse('AppelModifier', 'appel', () => AppelType);
export const AppelPublierPayload = typeReponse('AppelPublier', 'appel', () => AppelType);
