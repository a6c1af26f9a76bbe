import type { Horloge } from '@sillage/kernel';
import type { UniteDeTravail } from '@sillage/persistence';
import { journaliser } from './cles-departement.js';
import type { CleEnveloppee, ClesMaitres } from './cles-maitres.js';
import { ClesInaccessibles, direFermees } from './controle-des-cles.js';

export interface OptionsReenveloppe {
  readonly unites: UniteDeTravail;
  readonly cles: ClesMaitres;
  readonly horloge: Horloge;
  readonly departements: readonly string[];
}

/**
 * Wraps anew, with the current master key, every data key that another wraps. The data keys stay what they are, and no value is
 * touched. Whoever has both master keys reads and writes throughout; run again, it does what is left.
 * @returns how many were wrapped
 * @throws ClesInaccessibles, once the others are done, for those whose master key is not here
 */
export async function reenvelopperCles({ unites, cles, horloge, departements }: OptionsReenveloppe): Promise<number> {
  const fermees: CleEnveloppee[] = [];
  let faites = 0;
  for (const departementId of departements) {
    const versions = await unites.lecture(departementId, (em) =>
      em.query<{ version: number }[]>(
        `select version from sillage.cle_departement
          where departement_id = $1 and enveloppe is not null and cle_maitre_id <> $2 order by version`,
        [departementId, cles.couranteId],
      ),
    );
    for (const { version } of versions) {
      const fermee = await reenvelopper({ unites, cles, horloge }, departementId, version);
      if (fermee) fermees.push(fermee);
      else faites += 1;
    }
  }
  if (fermees.length > 0) throw new ClesInaccessibles(direFermees(fermees, cles));
  return faites;
}

/** One key a transaction: who seals with it waits for that alone. @returns the key, when it cannot be opened */
async function reenvelopper(
  { unites, cles, horloge }: Omit<OptionsReenveloppe, 'departements'>,
  departementId: string,
  version: number,
): Promise<CleEnveloppee | undefined> {
  return unites.executer(departementId, async (em) => {
    const [ligne] = await em.query<{ id: string; enveloppe: Buffer; cle_maitre_id: string }[]>(
      `select id, enveloppe, cle_maitre_id from sillage.cle_departement
        where departement_id = $1 and version = $2 and enveloppe is not null for update`,
      [departementId, version],
    );
    // Another run has done it, or a renewal has destroyed it meanwhile.
    if (ligne === undefined || ligne.cle_maitre_id === cles.couranteId) return undefined;
    const actuelle = { departementId, version, enveloppe: ligne.enveloppe, cleMaitreId: ligne.cle_maitre_id };
    const nouvelle = cles.reenvelopper(actuelle);
    if (nouvelle === null) return actuelle;
    await em.query(
      `update sillage.cle_departement set enveloppe = $3, cle_maitre_id = $4 where departement_id = $1 and version = $2`,
      [departementId, version, nouvelle.enveloppe, nouvelle.cleMaitreId],
    );
    await journaliser(em, horloge, departementId, 'cleReenvelopper', [ligne]);
    return undefined;
  });
}
