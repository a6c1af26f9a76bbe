import type { Dispositif } from '@sillage/dispositif-kit';
import type { Horloge } from '@sillage/kernel';
import type { UniteDeTravail } from '@sillage/persistence';
import { declarerAppels } from './declarer-appels.js';
import { Territoire } from '../territoires/territoire.entity.js';

/**
 * Publishes, on every territory of a département, the appels that the installed dispositifs' texts date. Idempotent.
 * @returns how many were written
 */
export async function semerDispositifs(
  unites: UniteDeTravail,
  horloge: Horloge,
  departementId: string,
  dispositifs: readonly Dispositif[],
): Promise<number> {
  return unites.executer(departementId, async (em) => {
    const territoires = await em.findBy(Territoire, { departementId });
    let ecrits = 0;
    for (const dispositif of dispositifs) {
      const ids = await declarerAppels(
        em,
        departementId,
        dispositif,
        territoires.map((t) => t.id),
        horloge,
      );
      ecrits += ids.length;
    }
    return ecrits;
  });
}
