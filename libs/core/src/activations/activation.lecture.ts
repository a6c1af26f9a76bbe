import { type ContexteActeur, filtreSql } from '@sillage/access';
import type { Horloge, Temporal } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { HORLOGE } from '../api/horloge.provider.js';
import { type Page, type PaginationArgs, paginer } from '../api/index.js';
import { Territoire } from '../territoires/index.js';
import { ActivationEntity } from './activation.entity.js';
import type { ActivationSituee } from './activation.types.js';

export interface FiltreActivations {
  dispositif: string;
  /** Only those in force now. */
  enVigueur: boolean;
  modifieDepuis: Temporal.Instant | null;
}

/** Reads the activations that an actor may see. */
@Injectable()
export class LectureActivations {
  constructor(@Inject(HORLOGE) private readonly horloge: Horloge) {}

  /** @throws Refus PAGE_TROP_GRANDE, CURSEUR_INVALIDE */
  async lister(
    em: EntityManager,
    contexte: ContexteActeur,
    { dispositif, enVigueur, modifieDepuis }: FiltreActivations,
    page: PaginationArgs,
  ): Promise<Page<ActivationSituee>> {
    const { departementId } = contexte;
    const droit = filtreSql(contexte.droits, 'lire', 'Activation', {
      dispositif: { colonne: 'a.dispositif' },
      territoireIds: { colonne: 'a.territoire_id', type: 'uuid' },
    });
    const requete = em
      .createQueryBuilder(ActivationEntity, 'a')
      .where('a.departementId = :departementId and a.dispositif = :dispositif', { departementId, dispositif })
      .andWhere(droit.sql, droit.parametres);
    if (modifieDepuis !== null) requete.andWhere('a.modifie_le >= :depuis', { depuis: modifieDepuis.toString() });
    if (enVigueur) {
      const maintenant = this.horloge.maintenant().toString();
      requete.andWhere('tstzrange(a.du, a.au) @> cast(:maintenant as timestamptz)', { maintenant });
    }
    const lue = await paginer(requete, 'a', page);
    return { ...lue, lignes: await this.situer(em, departementId, lue.lignes) };
  }

  async situer(
    em: EntityManager,
    departementId: string,
    activations: readonly ActivationEntity[],
  ): Promise<ActivationSituee[]> {
    const ids = activations.map(({ territoireId }) => territoireId);
    const territoires = await em.findBy(Territoire, { departementId, id: In(ids) });
    return activations.flatMap((activation) => {
      const territoire = territoires.find(({ id }) => id === activation.territoireId);
      return territoire === undefined ? [] : [{ id: activation.id, activation, territoire }];
    });
  }
}
