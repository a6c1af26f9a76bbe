import type { ContexteActeur } from '@sillage/access';
import { aujourdhui, type DateCivile, type Horloge, Temporal } from '@sillage/kernel';
import type { CalculDeChamp } from '@sillage/read';
import { Inject, Injectable } from '@nestjs/common';
import { Field, ObjectType } from '@nestjs/graphql';
import { type EntityManager, In } from 'typeorm';
import { enumerationGraphql, HORLOGE } from '../api/index.js';
import { Convention } from './convention.entity.js';
import { SituationsConvention } from './convention.situation.js';
import { type EtapeConvention, etapeDe, ETAPES_CONVENTION } from './etapes.js';

const EtapeConventionEnum = enumerationGraphql(
  ETAPES_CONVENTION,
  'EtapeConvention',
  'Où en est une convention, ce jour.',
);

@ObjectType('VieDeConvention', { description: 'Où en est une convention, ce jour, et ce que sa fin rend dû.' })
export class VieDeConventionType {
  @Field(() => EtapeConventionEnum)
  etape!: EtapeConvention;

  @Field(() => Boolean, { description: 'Son dernier jour est passé, et son bilan est à remettre.' })
  bilanDu!: boolean;
}

/** Where each convention is today: what its dates say, beside what was written. */
@Injectable()
export class ViesDesConventions implements CalculDeChamp {
  constructor(
    private readonly situations: SituationsConvention,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  async calculer(
    em: EntityManager,
    { departementId }: ContexteActeur,
    uuids: readonly string[],
  ): Promise<readonly VieDeConventionType[]> {
    const conventions = await em.findBy(Convention, { departementId, id: In([...new Set(uuids)]) });
    const jour = aujourdhui(this.horloge);
    const vies = (await this.situations.situer(em, conventions)).map(
      ({ convention, situation, bilanAttendu }): [string, VieDeConventionType] => {
        const { id, au, signeeLe } = convention;
        const bilanDu = signeeLe !== null && passe(au, jour) && bilanAttendu && !situation.bilanRemis;
        return [id, { etape: etapeDe(convention, jour), bilanDu }];
      },
    );
    const parId = new Map(vies);
    return uuids.map((uuid) => parId.get(uuid) as VieDeConventionType);
  }
}

function passe(au: DateCivile, jour: DateCivile): boolean {
  return Temporal.PlainDate.compare(jour, au) > 0;
}
