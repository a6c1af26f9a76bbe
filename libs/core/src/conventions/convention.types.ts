import { DateCivileScalaire, HorodatageScalaire, MontantScalaire } from '@sillage/dispositif-kit';
import { Field, ID, InputType, InterfaceType, ObjectType } from '@nestjs/graphql';
import { enumerationGraphql, ExplicationType, MutationInput, Node, typeConnexion, typeReponse } from '../api/index.js';
import { type StructurePresentee, StructureType } from '../structures/index.js';
import { type TerritoirePresente, TerritoireType } from '../territoires/index.js';
import { VersementType } from '../versements/index.js';
import { ETATS_CONVENTION, type EtatConvention, PARTIES, type Partie } from './convention.entity.js';

export const EtatConventionEnum = enumerationGraphql(ETATS_CONVENTION, 'EtatConvention', 'Où en est une convention.');
export const PartieEnum = enumerationGraphql(PARTIES, 'PartieConvention', 'Qui signe.');

@ObjectType('SignatureConvention', { description: 'La signature d’une partie.' })
export class SignatureType {
  @Field(() => PartieEnum) partie!: Partie;
  @Field(() => DateCivileScalaire) signeeLe!: string;
  @Field(() => String, { description: 'Qualité du signataire.' }) qualite!: string;
}

/** What a resolver returns for a convention; `typeGraphql` names the type of its dispositif. */
export interface ConventionPresentee {
  readonly typeGraphql: string;
  readonly uuid: string;
}

@InterfaceType('Convention', {
  implements: () => [Node],
  description: 'Ce que le Département et le porteur signent. Chaque dispositif a la sienne, avec ses termes.',
  resolveType: (valeur: ConventionPresentee) => valeur.typeGraphql,
})
export abstract class ConventionType extends Node {
  @Field(() => String, { description: 'Numéro lisible, par exemple CONV-62-2026-000003.' }) numero!: string;
  @Field(() => ID) candidatureId!: string;
  @Field(() => String, { description: 'Code du dispositif.' }) dispositif!: string;
  @Field(() => EtatConventionEnum) etat!: EtatConvention;
  @Field(() => StructureType) structure!: StructurePresentee;
  @Field(() => [TerritoireType]) territoires!: TerritoirePresente[];
  @Field(() => DateCivileScalaire) du!: string;
  @Field(() => DateCivileScalaire, { description: 'Dernier jour, inclus.' }) au!: string;
  @Field(() => MontantScalaire) montant!: string;
  @Field(() => ExplicationType, { description: 'Le plafond, tel qu’il a été calculé le jour du projet.' })
  plafond!: ExplicationType;
  @Field(() => [SignatureType]) signatures!: SignatureType[];
  @Field(() => DateCivileScalaire, { nullable: true, description: 'Jour de la dernière signature (AMB-097).' })
  signeeLe!: string | null;
  @Field(() => [VersementType]) versements!: VersementType[];
  @Field(() => HorodatageScalaire) creeLe!: string;
  @Field(() => HorodatageScalaire) modifieLe!: string;
}

export const ConventionConnection = typeConnexion('Convention', () => ConventionType as never);

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

export const ConventionSignerPayload = typeReponse('ConventionSigner', 'convention', () => ConventionType as never);
