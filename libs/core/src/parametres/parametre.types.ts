import { DateCivileScalaire, HorodatageScalaire, type Portee } from '@sillage/dispositif-kit';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { enumerationGraphql, Erreur, idOpaque, MutationInput, Node, typeReponse } from '../api/index.js';
import { JsonScalaire } from '../dispositifs/index.js';
import type { Historique, LigneParametre } from './parametre.lecture.js';

const PORTEES = {
  APPEL: 'Pour un appel à projets.',
  TERRITOIRE: 'Pour un territoire.',
  CONVENTION: 'Pour une convention.',
  ANNEXE: 'Pour une convention, par une annexe, qui l’emporte sur elle.',
} as const satisfies Record<Portee, string>;

export const PorteeParametreEnum = enumerationGraphql(
  PORTEES,
  'PorteeParametre',
  'Ce pour quoi une valeur est décidée, du plus faible au plus fort.',
);
export const OrigineParametreEnum = enumerationGraphql(
  { DISPOSITIF: 'Valeur du texte ou de son interprétation, pour tout le Département.', ...PORTEES },
  'OrigineParametre',
  'D’où vient une valeur ; chacune l’emporte sur celles qui la précèdent.',
);
export type OrigineParametre = 'DISPOSITIF' | Portee;

@ObjectType('ValeurParametre', { description: 'Une valeur, déclarée par le dispositif ou décidée par quelqu’un.' })
export class ValeurParametreType {
  @Field(() => ID, { nullable: true, description: 'Identifiant de la décision ; nul pour une valeur déclarée.' })
  id!: string | null;

  @Field(() => String, { description: 'La valeur comme on la lit.' })
  valeur!: string;

  @Field(() => JsonScalaire, { description: 'La valeur comme on la saisit.' })
  valeurBrute!: unknown;

  @Field(() => OrigineParametreEnum, { description: 'D’où elle vient.' })
  origine!: OrigineParametre;

  @Field(() => String, { nullable: true, description: 'L’appel, le territoire ou la convention en cause.' })
  cible!: string | null;

  @Field(() => DateCivileScalaire, { description: 'Premier jour.' })
  du!: string;

  @Field(() => DateCivileScalaire, { nullable: true, description: 'Dernier jour, inclus ; nul : sans fin prévue.' })
  au!: string | null;

  @Field(() => String, { nullable: true, description: 'Pourquoi cette valeur a été décidée.' })
  motif!: string | null;

  @Field(() => String, { nullable: true, description: 'Qui l’a décidée.' })
  decidePar!: string | null;

  @Field(() => HorodatageScalaire, { nullable: true, description: 'Quand elle a été décidée.' })
  decideLe!: string | null;

  @Field(() => HorodatageScalaire, {
    nullable: true,
    description: 'Une valeur annulée ne compte plus ; elle reste pour mémoire.',
  })
  annuleeLe!: string | null;

  @Field(() => String, { nullable: true, description: 'Qui l’a annulée.' })
  annuleePar!: string | null;

  @Field(() => String, { nullable: true, description: 'Pourquoi elle a été annulée.' })
  motifAnnulation!: string | null;
}

@ObjectType('Parametre', { description: 'Un paramètre daté d’un dispositif, à une date et pour un dossier.' })
export class ParametreType {
  @Field(() => String, { description: 'Nom stable, par exemple "tauxAvance".' })
  cle!: string;

  @Field(() => String, { description: 'Nom du paramètre, pour les personnes.' })
  libelle!: string;

  @Field(() => String, { description: 'Unité de sa valeur.' })
  unite!: string;

  @Field(() => String, { description: 'Règle qui le fixe (docs/regles.md).' })
  regle!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Interprétation retenue quand le texte est muet ou ambigu (AMB-…).',
  })
  interpretation!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'La valeur à cette date ; nulle s’il n’y en a pas, ou plusieurs.',
  })
  valeur!: string | null;

  @Field(() => OrigineParametreEnum, { nullable: true, description: 'D’où elle vient.' })
  origine!: OrigineParametre | null;

  @Field(() => DateCivileScalaire, { nullable: true, description: 'Premier jour de cette valeur.' })
  du!: string | null;

  @Field(() => DateCivileScalaire, {
    nullable: true,
    description: 'Dernier jour de cette valeur, inclus ; nul : sans fin prévue.',
  })
  au!: string | null;

  @Field(() => [Erreur], { description: 'Pourquoi il n’a pas de valeur ; vide s’il en a une.' })
  errors!: Erreur[];

  @Field(() => [ValeurParametreType], {
    description:
      'Toutes ses valeurs : les déclarées, puis les décidées pour ce dossier (ou pour tous), annulées comprises.',
  })
  historique!: ValeurParametreType[];
}

@ObjectType('SurchargeParametre', {
  implements: () => [Node],
  description: 'Une valeur décidée pour un appel, un territoire ou une convention.',
})
export class SurchargeType extends Node {
  @Field(() => String, { description: 'Code du dispositif.' })
  dispositif!: string;

  @Field(() => String, { description: 'Clé du paramètre.' })
  cle!: string;

  @Field(() => ValeurParametreType, { description: 'La valeur, ses dates et sa décision.' })
  valeur!: ValeurParametreType;
}

@InputType({ description: 'Une valeur à décider.' })
export class ParametreSurchargerInput extends MutationInput {
  @Field(() => String, { description: 'Code du dispositif.' })
  dispositif!: string;

  @Field(() => String, { description: 'Clé du paramètre.' })
  cle!: string;

  @Field(() => PorteeParametreEnum, { description: 'Ce pour quoi elle est décidée.' })
  portee!: Portee;

  @Field(() => String, { description: 'Id de l’appel ou de la convention, ou code du territoire.' })
  porteeId!: string;

  @Field(() => DateCivileScalaire, { description: 'Premier jour.' })
  du!: string;

  @Field(() => DateCivileScalaire, { nullable: true, description: 'Dernier jour, inclus ; absent : sans fin prévue.' })
  au?: string | null;

  @Field(() => JsonScalaire, { description: 'Dans la forme du paramètre : "52000.00", 60, 12, true…' })
  valeur!: unknown;

  @Field(() => String, { description: 'Pourquoi : délibération, avenant… Sans donnée personnelle.' })
  motif!: string;
}

@InputType({ description: 'Une valeur décidée à annuler.' })
export class ParametreSurchargeAnnulerInput extends MutationInput {
  @Field(() => ID, { description: 'La valeur décidée à annuler.' })
  id!: string;

  @Field(() => String, { description: 'Pourquoi. Sans donnée personnelle.' })
  motif!: string;
}

export const ParametreSurchargerPayload = typeReponse('ParametreSurcharger', 'surcharge', () => SurchargeType);
export const ParametreSurchargeAnnulerPayload = typeReponse(
  'ParametreSurchargeAnnuler',
  'surcharge',
  () => SurchargeType,
);

export function presenterParametre({ resolu, historique, ...ligne }: LigneParametre): ParametreType {
  return {
    ...ligne,
    valeur: resolu?.valeur ?? null,
    origine: resolu?.origine ?? null,
    du: resolu?.du ?? null,
    au: resolu?.au ?? null,
    errors: [...ligne.errors],
    historique: historique.map(presenterValeur),
  };
}

export function presenterValeur({ id, ...valeur }: Historique): ValeurParametreType {
  return { id: id === null ? null : idOpaque('SurchargeParametre', id), ...valeur };
}
