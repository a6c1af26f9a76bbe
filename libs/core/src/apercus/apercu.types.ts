import { DateCivileScalaire } from '@sillage/dispositif-kit';
import { classeGraphql } from '@sillage/read';
import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { enumerationGraphql, Erreur } from '../api/index.js';
import type { Presente } from './apercu.presentation.js';
import { appelLu } from '../appels/index.js';
import type { EtatCandidature } from '../candidatures/candidature.entity.js';
import { EtatCandidatureEnum } from '../candidatures/candidature.enumerations.js';
import { territoireLu } from '../territoires/index.js';
import type { EnCours } from '../activations/activation.regles.js';
import { activationLue, EnCoursEnum } from '../activations/activation.lu.js';

export const OPERATIONS_ACTIVATION = { ACTIVER: 'Activer.', DESACTIVER: 'Désactiver.' } as const;
export type OperationActivation = keyof typeof OPERATIONS_ACTIVATION;
export const OperationActivationEnum = enumerationGraphql(
  OPERATIONS_ACTIVATION,
  'OperationActivation',
  'Ce dont on demande l’aperçu.',
);

@ArgsType()
export class ActivationApercuArgs {
  @Field(() => String, { description: 'Code du dispositif.' })
  dispositif!: string;

  @Field(() => [String], { description: 'Codes ou noms des territoires.' })
  territoires!: string[];

  @Field(() => OperationActivationEnum, { description: 'Ce que l’on se propose de faire.' })
  operation!: OperationActivation;

  @Field(() => DateCivileScalaire, {
    nullable: true,
    description: 'Premier jour d’activation, ou premier jour sans le dispositif ; absent : maintenant.',
  })
  du?: string | null;

  @Field(() => DateCivileScalaire, { nullable: true, description: 'Dernier jour d’activation, inclus.' })
  au?: string | null;

  @Field(() => EnCoursEnum, { defaultValue: 'TERMINER', description: 'Pour une désactivation seulement.' })
  enCours!: EnCours;
}

@ObjectType('NombreDeCandidatures', { description: 'Combien de candidatures sont dans un état.' })
export class NombreDeCandidaturesType {
  @Field(() => EtatCandidatureEnum, { description: 'Leur état.' })
  etat!: EtatCandidature;

  @Field(() => Int, { description: 'Combien elles sont.' })
  nombre!: number;
}

@ObjectType('ApercuTerritoire', { description: 'Ce que l’opération toucherait sur un territoire.' })
export class ApercuTerritoireType {
  @Field(() => classeGraphql(territoireLu), { description: 'Le territoire.' })
  territoire!: Presente;

  @Field(() => Boolean, { description: 'Vrai si le dispositif y est activé en ce moment.' })
  actif!: boolean;

  @Field(() => [classeGraphql(activationLue)], {
    description:
      'Les activations concernées : celles qui empêchent d’activer, ou celles que la désactivation changerait.',
  })
  activations!: Presente[];

  @Field(() => [classeGraphql(appelLu)], { description: 'Les appels publiés qui ne sont pas encore clos.' })
  appels!: Presente[];

  @Field(() => [NombreDeCandidaturesType], { description: 'Candidatures qui portent sur ce territoire, par état.' })
  candidatures!: NombreDeCandidaturesType[];

  @Field(() => Int, { description: 'Conventions, en projet ou signées, dont la période n’est pas finie.' })
  conventionsEnCours!: number;

  @Field(() => Int, { description: 'Versements proposés qui attendent une décision.' })
  versementsProposes!: number;
}

@ObjectType('ActivationApercu', {
  description: 'Ce qu’une activation ou une désactivation toucherait, sans rien faire.',
})
export class ActivationApercuType {
  @Field(() => [Erreur], { description: 'Pourquoi l’opération serait refusée ; vide si elle est possible.' })
  errors!: Erreur[];

  @Field(() => [ApercuTerritoireType], { description: 'Un aperçu par territoire demandé.' })
  territoires!: ApercuTerritoireType[];
}
