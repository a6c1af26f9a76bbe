import { DateCivileScalaire, HorodatageScalaire } from '@sillage/dispositif-kit';
import type { Temporal } from '@sillage/kernel';
import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { enumerationGraphql, idOpaque, MutationInput, Node, typeConnexion, typeReponse } from '../api/index.js';
import { DispositifType } from '../dispositifs/index.js';
import { presenterTerritoire, type Territoire, type TerritoirePresente, TerritoireType } from '../territoires/index.js';
import type { ActivationEntity } from './activation.entity.js';
import { EN_COURS, type EnCours, ETATS_ACTIVATION, type EtatActivation, etatLe } from './activation.regles.js';

export const EnCoursEnum = enumerationGraphql(
  EN_COURS,
  'SortDesDossiers',
  'Ce que deviennent les dossiers commencés quand un dispositif est désactivé.',
);
export const EtatActivationEnum = enumerationGraphql(ETATS_ACTIVATION, 'EtatActivation', 'Où en est une activation.');

/** An activation with its territory. */
export interface ActivationSituee {
  id: string;
  activation: ActivationEntity;
  territoire: Territoire;
}

@ObjectType('Activation', {
  implements: () => [Node],
  description: 'Une période pendant laquelle un dispositif est activé sur un territoire.',
})
export class ActivationType extends Node {
  @Field(() => String, { description: 'Code du dispositif.' })
  dispositif!: string;

  @Field(() => TerritoireType, { description: 'Où il est activé.' })
  territoire!: TerritoirePresente;

  @Field(() => EtatActivationEnum, { description: 'Où elle en est maintenant.' })
  etat!: EtatActivation;

  @Field(() => HorodatageScalaire, { description: 'Premier instant.' })
  du!: string;

  @Field(() => HorodatageScalaire, { nullable: true, description: 'Fin, exclue ; nulle tant qu’aucune n’est prévue.' })
  au!: string | null;

  @Field(() => EnCoursEnum, { description: 'Ce que deviennent, après la fin, les dossiers commencés.' })
  enCours!: EnCours;

  @Field(() => HorodatageScalaire, { description: 'Quand elle a été décidée.' })
  creeLe!: string;

  @Field(() => HorodatageScalaire, { description: 'Dernière modification.' })
  modifieLe!: string;
}

export const ActivationConnection = typeConnexion('Activation', () => ActivationType);

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

export function presenterActivation(
  { activation, territoire }: ActivationSituee,
  maintenant: Temporal.Instant,
): ActivationType {
  return {
    id: idOpaque('Activation', activation.id),
    dispositif: activation.dispositif,
    territoire: presenterTerritoire(territoire),
    etat: etatLe(activation, maintenant),
    du: activation.du.toString(),
    au: activation.au?.toString() ?? null,
    enCours: activation.enCours,
    creeLe: activation.creeLe.toString(),
    modifieLe: activation.modifieLe.toString(),
  };
}
