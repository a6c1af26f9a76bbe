import { HorodatageScalaire } from '@sillage/dispositif-kit';
import { ROLES } from '@sillage/kernel';
import { Field, ID, InputType, Int, InterfaceType, ObjectType } from '@nestjs/graphql';
import { enumerationGraphql, Erreur, MutationInput, Node, typeConnexion, typeReponse } from '../api/index.js';
import { AppelType } from '../appels/index.js';
import { type StructurePresentee, StructureType } from '../structures/index.js';
import { type TerritoirePresente, TerritoireType } from '../territoires/index.js';
import { ETATS_CANDIDATURE, type EtatCandidature, type SensAvis, type SensDecision } from './candidature.entity.js';

export const EtatCandidatureEnum = enumerationGraphql(
  ETATS_CANDIDATURE,
  'EtatCandidature',
  'Où en est une candidature.',
);
export const SensAvisEnum = enumerationGraphql(
  { FAVORABLE: 'Favorable', RESERVE: 'Réservé', DEFAVORABLE: 'Défavorable' },
  'SensAvis',
  'Le sens d’un avis territorial.',
);
export const SensDecisionEnum = enumerationGraphql(
  { RETENUE: 'La candidature est retenue', REJETEE: 'La candidature est rejetée' },
  'SensDecision',
  'Le sens de la décision du Département.',
);
const libellesRoles = Object.fromEntries(Object.entries(ROLES).map(([role, { libelle }]) => [role, libelle]));
export const RoleEnum = enumerationGraphql(libellesRoles, 'Role', 'Le rôle d’une habilitation.');

@ObjectType('Avis', { description: 'L’avis d’un service territorial, sur un territoire.' })
export class AvisType {
  @Field(() => TerritoireType) territoire!: TerritoirePresente;
  @Field(() => RoleEnum) role!: string;
  @Field(() => SensAvisEnum) sens!: SensAvis;
  @Field(() => String) motif!: string;
  @Field(() => HorodatageScalaire) renduLe!: string;
}

@ObjectType('DecisionCandidature', { description: 'La décision du Département, et ses raisons.' })
export class DecisionType {
  @Field(() => SensDecisionEnum) sens!: SensDecision;
  @Field(() => String) motif!: string;
  @Field(() => [String], { description: 'Règles dont le cas limite a été confirmé.' }) confirmations!: string[];
  @Field(() => HorodatageScalaire) priseLe!: string;
}

@ObjectType({ description: 'Un cas limite : il n’empêche pas le dépôt, une personne le confirme à la décision.' })
export class PointAConfirmer {
  @Field(() => String) regle!: string;
  @Field(() => [Erreur]) motifs!: Erreur[];
}

/** What a resolver returns for a candidature; `typeGraphql` names the type of its dispositif. */
export interface CandidaturePresentee {
  readonly typeGraphql: string;
  readonly uuid: string;
}

@InterfaceType('Candidature', {
  implements: () => [Node],
  description: 'Une candidature à un appel à projets. Chaque dispositif a la sienne, avec ses champs.',
  resolveType: (valeur: CandidaturePresentee) => valeur.typeGraphql,
})
export abstract class CandidatureType extends Node {
  @Field(() => String, { description: 'Numéro lisible, par exemple CAND-62-2026-000012.' }) numero!: string;
  @Field(() => String, { description: 'Code du dispositif.' }) dispositif!: string;
  @Field(() => AppelType) appel!: AppelType;
  @Field(() => EtatCandidatureEnum) etat!: EtatCandidature;
  @Field(() => StructureType, { description: 'Le porteur.' }) structure!: StructurePresentee;
  @Field(() => [TerritoireType]) territoires!: TerritoirePresente[];
  @Field(() => Int, { description: 'À rappeler pour enregistrer : elle change à chaque modification.' })
  version!: number;
  @Field(() => String, { nullable: true, description: 'Référence dans le logiciel de dépôt du Département.' })
  referenceExterne!: string | null;
  @Field(() => HorodatageScalaire) creeLe!: string;
  @Field(() => HorodatageScalaire) modifieLe!: string;
  @Field(() => HorodatageScalaire, { nullable: true }) deposeeLe!: string | null;
  @Field(() => HorodatageScalaire, { nullable: true }) valideeLe!: string | null;
  @Field(() => [AvisType]) avis!: AvisType[];
  @Field(() => DecisionType, { nullable: true }) decision!: DecisionType | null;
}

export const CandidatureConnection = typeConnexion('Candidature', () => CandidatureType as never);

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

const reponse = (nom: string) => typeReponse(nom, 'candidature', () => CandidatureType as never);
export const CandidatureDeposerPayload = reponse('CandidatureDeposer');
export const CandidatureValiderPayload = reponse('CandidatureValider');
export const CandidatureAbandonnerPayload = reponse('CandidatureAbandonner');
export const CandidatureDonnerAvisPayload = reponse('CandidatureDonnerAvis');
export const CandidatureDeciderPayload = reponse('CandidatureDecider');
