import { DateCivileScalaire } from '@sillage/dispositif-kit';
import type { DateCivile } from '@sillage/kernel';
import { Periode } from '@sillage/kernel';
import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { idOpaque, MutationInput, typeConnexion, typeReponse } from '../api/index.js';
import type { Commune, RattachementCommune } from './commune.service.js';
import { type TerritoirePresente, TerritoireType } from './territoire.types.js';

export const StatutRattachementEnum = { PROPOSITION: 'PROPOSITION', CONFIRME: 'CONFIRME' } as const;
registerEnumType(StatutRattachementEnum, {
  name: 'StatutRattachement',
  description: 'Ce que vaut le rattachement d’une commune à un territoire (AMB-139).',
  valuesMap: {
    PROPOSITION: { description: 'Déduit de l’intercommunalité ; à confirmer par un administrateur.' },
    CONFIRME: { description: 'Saisi par un administrateur.' },
  },
});

@ObjectType('Epci', { description: 'Un groupement de communes à fiscalité propre.' })
export class EpciType {
  @Field(() => String)
  siren!: string;

  @Field(() => String)
  nom!: string;
}

@ObjectType('RattachementCommune', { description: 'Le territoire d’une commune pendant une période, bornes incluses.' })
export class RattachementCommuneType {
  @Field(() => TerritoireType)
  territoire!: TerritoirePresente;

  @Field(() => DateCivileScalaire)
  du!: string;

  @Field(() => DateCivileScalaire, { nullable: true, description: 'Nulle tant qu’aucune fin n’est prévue.' })
  au!: string | null;

  @Field(() => StatutRattachementEnum)
  statut!: keyof typeof StatutRattachementEnum;

  @Field(() => String, { description: 'Ce qui justifie le rattachement.' })
  source!: string;
}

@ObjectType('Commune', { description: 'Une commune du Département, au sens du code officiel géographique.' })
export class CommuneType {
  @Field(() => String, { description: 'Code INSEE, qui n’est pas le code postal.' })
  code!: string;

  @Field(() => String)
  nom!: string;

  @Field(() => EpciType, { nullable: true })
  epci!: EpciType | null;

  @Field(() => TerritoireType, {
    nullable: true,
    description: 'Son territoire à la date demandée, aujourd’hui par défaut.',
  })
  territoire!: TerritoirePresente | null;

  @Field(() => [RattachementCommuneType], { description: 'Tous ses rattachements, du plus ancien au plus récent.' })
  rattachements!: RattachementCommuneType[];
}

export const CommuneConnection = typeConnexion('Commune', () => CommuneType);

@InputType()
export class CommuneRattacherInput extends MutationInput {
  @Field(() => String, { description: 'Code INSEE de la commune.' })
  commune!: string;

  @Field(() => String, { description: 'Code ou nom du territoire.' })
  territoire!: string;

  @Field(() => DateCivileScalaire, { description: 'Premier jour de la commune dans ce territoire.' })
  du!: string;

  @Field(() => String, { description: 'Ce qui justifie le rattachement : délibération, courrier, carte…' })
  source!: string;
}

export const CommuneRattacherPayload = typeReponse('CommuneRattacher', 'commune', () => CommuneType);

/** @param date day at which `territoire` is read */
export function presenterCommune({ code, nom, epci, rattachements }: Commune, date: DateCivile): CommuneType {
  const enVigueur = rattachements.find((r) => Periode.de(r.du, r.au).contient(date));
  return {
    code,
    nom,
    epci,
    territoire: enVigueur === undefined ? null : presenterTerritoireDe(enVigueur),
    rattachements: rattachements.map((r) => ({
      territoire: presenterTerritoireDe(r),
      du: r.du.toString(),
      au: r.au?.toString() ?? null,
      statut: r.statut,
      source: r.source,
    })),
  };
}

function presenterTerritoireDe({ territoire: { id, code, libelle } }: RattachementCommune): TerritoirePresente {
  return { id: idOpaque('Territoire', id), code, libelle };
}
