import { classeGraphql } from '@sillage/read';
import { Field, ID, InputType } from '@nestjs/graphql';
import { DateCivileScalaire } from '@sillage/dispositif-kit';
import { MutationInput, typeReponse } from '../api/index.js';
import type { SensAvis, SensDecision } from './candidature.entity.js';
import { SensAvisEnum, SensDecisionEnum } from './candidature.enumerations.js';
import { candidatureLue } from './candidature.lu.js';

@InputType({ isAbstract: true })
export abstract class CandidatureInput extends MutationInput {
  @Field(() => ID)
  candidatureId!: string;
}

@InputType()
export class CandidatureDeposerInput extends CandidatureInput {}
@InputType()
export class CandidatureValiderInput extends CandidatureInput {}
@InputType()
export class CandidatureAbandonnerInput extends CandidatureInput {}

@InputType()
export class CandidatureReprendreInput extends CandidatureInput {
  @Field(() => ID, { description: 'L’appel ouvert auquel vous répondez cette fois.' })
  appelId!: string;
}

@InputType()
export class CandidatureDemanderComplementInput extends CandidatureInput {
  @Field(() => [String], {
    defaultValue: [],
    description: 'Clés des champs à reprendre, 100 au plus : eux seuls changeront.',
  })
  champs!: string[];

  @Field(() => [String], {
    defaultValue: [],
    description: 'Codes des pièces à joindre, ou à joindre de nouveau, parmi celles du dispositif ; 20 au plus.',
  })
  pieces!: string[];

  @Field(() => String, { description: 'Ce qui manque, et pourquoi. Sans donnée personnelle.' })
  texte!: string;

  @Field(() => DateCivileScalaire, {
    nullable: true,
    description: 'Dernier jour pour répondre, inclus ; absent : le délai du dispositif.',
  })
  echeance?: string | null;
}

@InputType()
export class CandidatureRetirerComplementInput extends CandidatureInput {
  @Field(() => String, { description: 'Pourquoi. Sans donnée personnelle.' })
  motif!: string;
}

@InputType()
export class CandidatureDonnerAvisInput extends CandidatureInput {
  @Field(() => String, {
    nullable: true,
    description: 'Code du territoire ; inutile si un seul avis est attendu de vous.',
  })
  territoire?: string | null;

  @Field(() => SensAvisEnum)
  sens!: SensAvis;

  @Field(() => String)
  motif!: string;
}

@InputType()
export class CandidatureDeciderInput extends CandidatureInput {
  @Field(() => SensDecisionEnum)
  sens!: SensDecision;

  @Field(() => String)
  motif!: string;

  @Field(() => [String], {
    defaultValue: [],
    description: 'Règles des cas limites que vous confirmez (voir pointsAConfirmer).',
  })
  confirmations!: string[];
}

const reponse = (nom: string) => typeReponse(nom, 'candidature', () => classeGraphql(candidatureLue));
export const CandidatureDeposerPayload = reponse('CandidatureDeposer');
export const CandidatureValiderPayload = reponse('CandidatureValider');
export const CandidatureAbandonnerPayload = reponse('CandidatureAbandonner');
export const CandidatureDonnerAvisPayload = reponse('CandidatureDonnerAvis');
export const CandidatureDeciderPayload = reponse('CandidatureDecider');
export const CandidatureReprendrePayload = reponse('CandidatureReprendre');
export const CandidatureDemanderComplementPayload = reponse('CandidatureDemanderComplement');
export const CandidatureRetirerComplementPayload = reponse('CandidatureRetirerComplement');
