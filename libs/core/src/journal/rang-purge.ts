import type { Chaine } from './chaines.js';
import type { Lecteur } from './verifier-journal.js';

/** The action under which the journal says that the lines of a chain were removed, up to which link. */
export const PURGE = 'journalPurger';

/** Up to which link the lines of a chain were removed because they had been kept long enough; 0 when none was. */
export async function rangPurge(lire: Lecteur, departementId: string, chaine: Chaine): Promise<number> {
  const [lu] = await lire<{ rang: string }>(
    `select coalesce(max((details->>'rang')::bigint), 0) as rang from sillage.journal
      where departement_id = $1 and action = '${PURGE}' and details->>'chaine' = $2`,
    [departementId, chaine],
  );
  return Number(lu?.rang ?? 0);
}
