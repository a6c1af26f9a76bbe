import type { Dispositif } from '@sillage/dispositif-kit';
import { dateCivile, type Horloge } from '@sillage/kernel';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { insererSiLibre } from '../api/inserer-si-libre.js';
import { AppelEntity, AppelTerritoireEntity } from './appel.entity.js';

/**
 * Publishes the appels that a dispositif's own text dates, where they are missing, on the given territories. Idempotent:
 * one that exists stays as it is, whatever the administrator has made of it. The journal says that the installation did it.
 * @returns the ids of those that were written
 */
export async function declarerAppels(
  em: EntityManager,
  departementId: string,
  dispositif: Dispositif,
  territoireIds: readonly string[],
  horloge: Horloge,
): Promise<string[]> {
  const ids: string[] = [];
  for (const { code, libelle, ouverture, cloture, regle } of dispositif.appels ?? []) {
    const maintenant = horloge.maintenant();
    const id = uuidv7();
    const ecrits = await insererSiLibre(em, AppelEntity, [
      {
        departementId,
        id,
        dispositif: dispositif.code,
        code,
        libelle,
        ouverture: dateCivile(ouverture),
        cloture: dateCivile(cloture),
        etat: 'PUBLIE',
        creeLe: maintenant,
        modifieLe: maintenant,
        publieLe: maintenant,
      },
    ]);
    if (ecrits.length === 0) continue;
    await em.insert(
      AppelTerritoireEntity,
      territoireIds.map((territoireId) => ({ departementId, appelId: id, territoireId })),
    );
    await em.query(
      `insert into sillage.journal (departement_id, id, le, acteur_type, action, objet_type, objet_id, regles, details)
       values ($1, $2, $3, 'SYSTEME', 'APPEL_DECLARER', 'Appel', $4, $5, $6)`,
      [departementId, uuidv7(), maintenant.toString(), id, [regle], JSON.stringify({ code, ouverture, cloture })],
    );
    ids.push(id);
  }
  return ids;
}
