import { HorodatageScalaire, MontantScalaire } from '@sillage/dispositif-kit';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import {
  enumerationGraphql,
  ExplicationType,
  idOpaque,
  MutationInput,
  Node,
  presenterExplication,
  typeConnexion,
  typeReponse,
} from '../api/index.js';
import { ETATS_VERSEMENT, type EtatVersement, type Versement } from './versement.entity.js';

export const EtatVersementEnum = enumerationGraphql(ETATS_VERSEMENT, 'EtatVersement', 'Où en est un versement.');

@ObjectType('Versement', {
  implements: () => [Node],
  description: 'Une somme due au titre d’une convention, calculée par la plateforme et validée par une personne.',
})
export class VersementType extends Node {
  @Field(() => String, { description: 'Numéro lisible, par exemple VERS-62-2026-000003.' }) numero!: string;
  @Field(() => ID) conventionId!: string;
  @Field(() => String, { description: 'Code du dispositif.' }) dispositif!: string;
  @Field(() => String, { description: 'AVANCE, SOLDE… : une convention a au plus un versement par tranche.' })
  tranche!: string;
  @Field(() => MontantScalaire) montant!: string;
  @Field(() => EtatVersementEnum) etat!: EtatVersement;
  @Field(() => ExplicationType, {
    description: 'Pourquoi ce montant : données, paramètres à leur date, règles, arrondi.',
  })
  explication!: ExplicationType;
  @Field(() => HorodatageScalaire) proposeLe!: string;
  @Field(() => HorodatageScalaire, { nullable: true, description: 'Validation ou refus.' }) decideLe!: string | null;
  @Field(() => String, { nullable: true }) motif!: string | null;
}

export const VersementConnection = typeConnexion('Versement', () => VersementType);

@InputType()
export class VersementValiderInput extends MutationInput {
  @Field(() => ID)
  versementId!: string;
}

@InputType()
export class VersementRefuserInput extends VersementValiderInput {
  @Field(() => String, { description: 'Pourquoi il est refusé.' })
  motif!: string;
}

export const VersementValiderPayload = typeReponse('VersementValider', 'versement', () => VersementType);
export const VersementRefuserPayload = typeReponse('VersementRefuser', 'versement', () => VersementType);

export function presenterVersement(versement: Versement): VersementType & { uuid: string } {
  const { id, numero, conventionId, dispositif, tranche, montant, etat, explication, proposeLe, decideLe, motif } =
    versement;
  return {
    uuid: id,
    id: idOpaque('Versement', id),
    numero,
    conventionId: idOpaque('Convention', conventionId),
    dispositif,
    tranche,
    montant: montant.toString(),
    etat,
    explication: presenterExplication(explication),
    proposeLe: proposeLe.toString(),
    decideLe: decideLe?.toString() ?? null,
    motif,
  };
}
