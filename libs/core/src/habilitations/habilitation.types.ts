import { DateCivileScalaire, HorodatageScalaire } from '@sillage/dispositif-kit';
import type { Role } from '@sillage/kernel';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { idOpaque, MutationInput, Node, typeConnexion, typeReponse } from '../api/index.js';
import { RoleEnum } from '../candidatures/candidature.enumerations.js';
import { presenterTerritoire, type TerritoirePresente, TerritoireType } from '../territoires/index.js';
import type { HabilitationSituee, UtilisateurVu } from './habilitation.lecture.js';

@ObjectType('Utilisateur', {
  implements: () => [Node],
  description: 'Une personne ou une machine, connue par son fournisseur d’identité.',
})
export class UtilisateurType extends Node {
  uuid!: string;

  @Field(() => String, { description: 'Adresse du fournisseur d’identité (revendication « iss »).' })
  iss!: string;

  @Field(() => String, { description: 'Identifiant chez ce fournisseur (revendication « sub »).' })
  sub!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Nom affiché ; nul si vous ne pouvez pas voir les données nominatives.',
  })
  libelle!: string | null;

  @Field(() => HorodatageScalaire, { description: 'Depuis quand la plateforme le connaît.' })
  creeLe!: string;
}

@ObjectType('Habilitation', {
  implements: () => [Node],
  description: 'Un rôle donné à quelqu’un : où, pour quels dispositifs et quand.',
})
export class HabilitationType extends Node {
  structureUuid!: string | null;

  @Field(() => UtilisateurType, { description: 'À qui elle est donnée.' })
  utilisateur!: UtilisateurType;

  @Field(() => RoleEnum, { description: 'Ce qu’elle permet (docs/access.md).' })
  role!: Role;

  @Field(() => [TerritoireType], { description: 'Vide pour un rôle qui ne s’exerce pas par territoire.' })
  territoires!: TerritoirePresente[];

  @Field(() => [String], { description: 'Codes des dispositifs où elle compte ; vide : tous.' })
  dispositifs!: string[];

  @Field(() => DateCivileScalaire, { description: 'Premier jour.' })
  du!: string;

  @Field(() => DateCivileScalaire, { nullable: true, description: 'Dernier jour, inclus ; nul : sans fin prévue.' })
  au!: string | null;

  @Field(() => Boolean, { description: 'Vrai si elle compte aujourd’hui.' })
  enVigueur!: boolean;

  @Field(() => HorodatageScalaire, { description: 'Quand elle a été accordée.' })
  accordeeLe!: string;

  @Field(() => HorodatageScalaire, { nullable: true, description: 'Nul tant qu’elle n’est pas révoquée.' })
  revoqueeLe!: string | null;
}

export const UtilisateurConnection = typeConnexion('Utilisateur', () => UtilisateurType);
export const HabilitationConnection = typeConnexion('Habilitation', () => HabilitationType);

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

export const HabilitationAccorderPayload = typeReponse('HabilitationAccorder', 'habilitation', () => HabilitationType);
export const HabilitationRevoquerPayload = typeReponse('HabilitationRevoquer', 'habilitation', () => HabilitationType);

export function presenterUtilisateur({ utilisateur, nominatif }: UtilisateurVu): UtilisateurType {
  const { id, iss, sub, libelle, creeLe } = utilisateur;
  return {
    id: idOpaque('Utilisateur', id),
    uuid: id,
    iss,
    sub,
    libelle: nominatif ? libelle : null,
    creeLe: creeLe.toISOString(),
  };
}

export function presenterHabilitation({
  habilitation,
  utilisateur,
  territoires,
  dispositifs,
  enVigueur,
}: HabilitationSituee): HabilitationType {
  const { id, role, structureId, du, au, accordeeLe, revoqueeLe } = habilitation;
  return {
    id: idOpaque('Habilitation', id),
    structureUuid: structureId,
    utilisateur: presenterUtilisateur(utilisateur),
    role: role as Role,
    territoires: territoires.map(presenterTerritoire),
    dispositifs: [...dispositifs],
    du,
    au,
    enVigueur,
    accordeeLe: accordeeLe.toISOString(),
    revoqueeLe: revoqueeLe?.toISOString() ?? null,
  };
}
