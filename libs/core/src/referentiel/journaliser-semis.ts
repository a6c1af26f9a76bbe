import type { Temporal } from '@sillage/kernel';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

export interface Semis {
  objetType: string;
  /** The objects written. */
  ids: readonly string[];
  details?: Readonly<Record<string, unknown>>;
}

/** The journal of what no person and no job did, but the installation itself: one line an object. */
export async function journaliserSemis(
  em: EntityManager,
  departementId: string,
  le: Temporal.Instant,
  { objetType, ids, details = {} }: Semis,
): Promise<void> {
  await em.query(
    `insert into sillage.journal (departement_id, id, le, acteur_type, action, objet_type, objet_id, regles, details)
     select $1, i.id, $4, 'SYSTEME', 'referentielSemer', $5, i.objet, '{TRANS-28}', $6
       from unnest($2::uuid[], $3::uuid[]) as i (id, objet)`,
    [departementId, ids.map(() => uuidv7()), ids, le.toString(), objetType, JSON.stringify(details)],
  );
}
