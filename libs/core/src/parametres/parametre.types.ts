import { DateCivileScalaire, type Portee } from '@sillage/dispositif-kit';
import { classeGraphql } from '@sillage/read';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { enumerationGraphql, Erreur, idOpaque, MutationInput, typeReponse } from '../api/index.js';
import { JsonScalaire } from '../dispositifs/index.js';
import { OrigineParametreEnum, PORTEES, surchargeLue, valeurParametreLue } from './surcharge.lu.js';
import type { Historique, LigneParametre } from './parametre.lecture.js';

export const PorteeParametreEnum = enumerationGraphql(
  PORTEES,
  'PorteeParametre',
  'Ce pour quoi une valeur est décidée, du plus faible au plus fort.',
);
export type OrigineParametre = 'DISPOSITIF' | Portee;

/** A value of a parameter's history. */
export interface ValeurParametre {
  id: string | null;
  valeur: string;
  valeurBrute: unknown;
  origine: OrigineParametre;
  cible: string | null;
  du: string;
  au: string | null;
  motif: string | null;
  decidePar: string | null;
  decideLe: string | null;
  annuleeLe: string | null;
  annuleePar: string | null;
  motifAnnulation: string | null;
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

  @Field(() => [classeGraphql(valeurParametreLue)], {
    description:
      'Toutes ses valeurs : les déclarées, puis les décidées pour ce dossier (ou pour tous), annulées comprises.',
  })
  historique!: ValeurParametre[];
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

export const ParametreSurchargerPayload = typeReponse('ParametreSurcharger', 'surcharge', () =>
  classeGraphql(surchargeLue),
);
export const ParametreSurchargeAnnulerPayload = typeReponse('ParametreSurchargeAnnuler', 'surcharge', () =>
  classeGraphql(surchargeLue),
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

function presenterValeur({ id, ...valeur }: Historique): ValeurParametre {
  return { id: id === null ? null : idOpaque('SurchargeParametre', id), ...valeur };
}
