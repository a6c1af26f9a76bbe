import { dateEnFrancais, type Decision, non, oui } from '@sillage/kernel';
import type { EntityManager } from 'typeorm';
import { AppelEntity } from './appel.entity.js';

/**
 * Whether an appel can be published beside those of its dispositif that already are: the sessions of a territory come one after the other
 * (TRANS-03, AMB-042).
 * @param chemin what the caller named
 */
export async function deciderSession(
  em: EntityManager,
  { departementId, dispositif, ouverture, cloture }: AppelEntity,
  territoireIds: readonly string[],
  chemin: string[],
): Promise<Decision> {
  const autre = await em
    .createQueryBuilder(AppelEntity, 'a')
    .where({ departementId, dispositif, etat: 'PUBLIE' })
    .andWhere('a.ouverture <= :cloture and a.cloture >= :ouverture', {
      ouverture: ouverture.toString(),
      cloture: cloture.toString(),
    })
    .andWhere(
      `exists (select from sillage.appel_territoire t
         where t.departement_id = a.departement_id and t.appel_id = a.id and t.territoire_id = any(:territoireIds))`,
      { territoireIds },
    )
    .orderBy('a.ouverture')
    .getOne();
  if (autre === null) return oui();
  const jours = `du ${dateEnFrancais(autre.ouverture)} au ${dateEnFrancais(autre.cloture)}`;
  const message = `« ${autre.libelle} » reçoit déjà ${jours} sur un de ces territoires : deux appels d’un dispositif s’y suivent.`;
  return non({ code: 'ETAT_INCOMPATIBLE', message, regle: 'TRANS-03', chemin });
}
