import type { ContexteActeur } from '@sillage/access';
import { RegistreDispositifs } from '@sillage/dispositif-kit';
import type { CalculDeChamp } from '@sillage/read';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { SurchargeEntity } from './surcharge.entity.js';

/** Values that people decided, as they are read: each parameter says how. One that is no longer declared shows what is stored. */
@Injectable()
export class ValeursAffichees implements CalculDeChamp {
  constructor(private readonly registre: RegistreDispositifs) {}

  async calculer(
    em: EntityManager,
    { departementId }: ContexteActeur,
    uuids: readonly string[],
  ): Promise<readonly string[]> {
    const surcharges = await em.findBy(SurchargeEntity, { departementId, id: In([...uuids]) });
    return uuids.map((uuid) => this.#afficher(surcharges.find(({ id }) => id === uuid)));
  }

  #afficher(surcharge: SurchargeEntity | undefined): string {
    if (surcharge === undefined) return '';
    const { dispositif, cle, valeur } = surcharge;
    const parametre = this.registre.trouver(dispositif)?.parametres[cle];
    return parametre === undefined ? JSON.stringify(valeur) : parametre.afficher(parametre.lire(valeur));
  }
}
