import type { Horloge } from '@sillage/kernel';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { CleEnveloppee } from './cles-maitres.js';

/** Whatever runs a statement under the département's context. */
export type Lecteur = Pick<EntityManager, 'query'>;

/** What happened to a data key, as the journal names it. */
export type ActeSurCle = 'cleCreer' | 'cleRetirer' | 'cleReenvelopper' | 'cleDetruire';

interface LigneCle {
  readonly version: number;
  readonly enveloppe: Buffer;
  readonly cle_maitre_id: string;
}

const COLONNES = 'version, enveloppe, cle_maitre_id';

/**
 * The key that new values are sealed with, held for the rest of the transaction: it cannot be retired before what it seals is written.
 * Undefined when there is none, or when it was retired while this statement waited: ask again.
 */
export async function retenirCourante(em: EntityManager, departementId: string): Promise<CleEnveloppee | undefined> {
  const lignes = await em.query<LigneCle[]>(
    `select ${COLONNES} from sillage.cle_departement
      where departement_id = $1 and retiree_le is null order by version desc limit 1 for share`,
    [departementId],
  );
  return lignes.map((ligne) => enveloppee(departementId, ligne))[0];
}

/** Those of these versions that still have their wrapped key. */
export async function lireVersions(
  em: Lecteur,
  departementId: string,
  versions: readonly number[],
): Promise<CleEnveloppee[]> {
  const lignes = await em.query<LigneCle[]>(
    `select ${COLONNES} from sillage.cle_departement
      where departement_id = $1 and version = any($2::int[]) and enveloppe is not null`,
    [departementId, versions],
  );
  return lignes.map((ligne) => enveloppee(departementId, ligne));
}

/** Writes a version that nobody has written yet; otherwise leaves what is there. @returns whether it was written */
export async function inscrire(em: EntityManager, horloge: Horloge, cle: CleEnveloppee): Promise<boolean> {
  const { departementId, version, enveloppe, cleMaitreId } = cle;
  const inscrites = await em.query<{ id: string }[]>(
    `insert into sillage.cle_departement (departement_id, version, id, enveloppe, cle_maitre_id, creee_le)
     values ($1, $2, $3, $4, $5, $6) on conflict (departement_id, version) do nothing returning id`,
    [departementId, version, uuidv7(), enveloppe, cleMaitreId, horloge.maintenant().toString()],
  );
  await journaliser(em, horloge, departementId, 'cleCreer', inscrites);
  return inscrites.length > 0;
}

/** The journal of what the installation itself does to a key, in the same transaction. */
export async function journaliser(
  em: EntityManager,
  horloge: Horloge,
  departementId: string,
  action: ActeSurCle,
  cles: readonly { readonly id: string }[],
): Promise<void> {
  if (cles.length === 0) return;
  await em.query(
    `insert into sillage.journal (departement_id, id, le, acteur_type, action, objet_type, objet_id, details)
     select c.departement_id, i.id, $4, 'SYSTEME', $5, 'CleDepartement', c.id,
            jsonb_build_object('version', c.version, 'cleMaitreId', c.cle_maitre_id)
       from unnest($2::uuid[], $3::uuid[]) i (id, cle_id)
       join sillage.cle_departement c on c.departement_id = $1 and c.id = i.cle_id`,
    [departementId, cles.map(() => uuidv7()), cles.map(({ id }) => id), horloge.maintenant().toString(), action],
  );
}

function enveloppee(departementId: string, { version, enveloppe, cle_maitre_id }: LigneCle): CleEnveloppee {
  return { departementId, version, enveloppe, cleMaitreId: cle_maitre_id };
}
