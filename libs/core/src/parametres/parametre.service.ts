import { type Dispositif, type Parametres, type ParametresResolus, resoudreTous } from '@sillage/dispositif-kit';
import type { DateCivile } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull } from 'typeorm';
import { SurchargeEntity } from './surcharge.entity.js';

/** What a dossier stands on: the overrides decided for these, and for nothing else, concern it. */
export interface DossierParametre {
  appelId?: string;
  territoireIds?: readonly string[];
  conventionId?: string;
}

/** The dated parameters of a dispositif, as they hold for one dossier (TRANS-02). */
@Injectable()
export class ParametreService {
  /**
   * Every parameter on a date, with what to cite. Each is resolved when it is read:
   * @throws Refus PARAMETRE_INCONNU or PARAMETRE_AMBIGU, from the property that is read
   */
  async resoudre(
    em: EntityManager,
    departementId: string,
    dispositif: Dispositif,
    date: DateCivile,
    dossier: DossierParametre,
  ): Promise<ParametresResolus<Parametres>> {
    return resoudreTous(
      dispositif.parametres,
      date,
      await this.surcharges(em, departementId, dispositif.code, dossier),
    );
  }

  /** The overrides that concern a dossier, whatever their dates; cancelled ones do not count. */
  async surcharges(
    em: EntityManager,
    departementId: string,
    dispositif: string,
    { appelId, territoireIds = [], conventionId }: DossierParametre,
  ): Promise<SurchargeEntity[]> {
    const commun = { departementId, dispositif, annuleeLe: IsNull() };
    const portees = [
      ...(appelId === undefined ? [] : [{ ...commun, portee: 'APPEL' as const, porteeId: appelId }]),
      ...(territoireIds.length === 0
        ? []
        : [{ ...commun, portee: 'TERRITOIRE' as const, porteeId: In([...territoireIds]) }]),
      ...(conventionId === undefined
        ? []
        : [{ ...commun, portee: In(['CONVENTION', 'ANNEXE'] as const), porteeId: conventionId }]),
    ];
    return portees.length === 0 ? [] : em.find(SurchargeEntity, { where: portees, order: { id: 'ASC' } });
  }
}
