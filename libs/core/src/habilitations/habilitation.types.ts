import { DateCivileScalaire } from '@sillage/dispositif-kit';
import type { Role } from '@sillage/kernel';
import { classeGraphql } from '@sillage/read';
import { Field, ID, InputType } from '@nestjs/graphql';
import { MutationInput, typeReponse } from '../api/index.js';
import { RoleEnum } from '../candidatures/candidature.enumerations.js';
import { habilitationLue } from './habilitation.lu.js';

@InputType({ description: 'Une habilitation à accorder.' })
export class HabilitationAccorderInput extends MutationInput {
  @Field(() => String, { description: 'Adresse du fournisseur d’identité (« iss »).' })
  iss!: string;

  @Field(() => String, { description: 'Identifiant de la personne ou de la machine chez ce fournisseur (« sub »).' })
  sub!: string;

  @Field(() => String, { description: 'Nom affiché ; il n’est retenu qu’à la première habilitation.' })
  libelle!: string;

  @Field(() => RoleEnum, { description: 'Ce qu’elle permettra (docs/access.md).' })
  role!: Role;

  @Field(() => ID, { nullable: true, description: 'Pour un rôle qui s’exerce dans une structure.' })
  structureId?: string | null;

  @Field(() => [String], {
    defaultValue: [],
    description: 'Codes ou noms, pour un rôle qui s’exerce sur des territoires.',
  })
  territoires!: string[];

  @Field(() => [String], { defaultValue: [], description: 'Codes des dispositifs où elle comptera ; vide : tous.' })
  dispositifs!: string[];

  @Field(() => DateCivileScalaire, { nullable: true, description: 'Premier jour ; aujourd’hui par défaut.' })
  du?: string | null;

  @Field(() => DateCivileScalaire, { nullable: true, description: 'Dernier jour, inclus ; absent : sans fin prévue.' })
  au?: string | null;
}

@InputType({ description: 'Une habilitation à révoquer.' })
export class HabilitationRevoquerInput extends MutationInput {
  @Field(() => ID, { description: 'L’habilitation à révoquer.' })
  id!: string;

  @Field(() => String, { description: 'Pourquoi. Sans donnée personnelle : il est inscrit au journal.' })
  motif!: string;
}

export const HabilitationAccorderPayload = typeReponse('HabilitationAccorder', 'habilitation', () =>
  classeGraphql(habilitationLue),
);
export const HabilitationRevoquerPayload = typeReponse('HabilitationRevoquer', 'habilitation', () =>
  classeGraphql(habilitationLue),
);
