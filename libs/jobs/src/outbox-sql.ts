import type { EntityManager } from 'typeorm';
import type { ErreurMetier } from '@sillage/kernel';
import type { EtatMessage } from '@sillage/persistence';
import type { ReglagesJobs } from './reglages.js';

/** What `sillage.outbox.erreurs` holds: a refusal's errors, or one line for an unexpected error. */
export type ErreurJob = Omit<ErreurMetier, 'code'> & { code: ErreurMetier['code'] | 'ERREUR_INTERNE' };

export interface LigneAPublier {
  id: string;
  file: string;
  nom: string;
  publications: number;
}

/** Asks for a job without a charge, unless somebody has: the id says which. */
export async function publierUneFois(
  em: EntityManager,
  { departementId, id, file, nom }: { departementId: string; id: string; file: string; nom: string },
): Promise<void> {
  await em.query(
    `insert into sillage.outbox (departement_id, id, file, nom, charge) values ($1, $2, $3, $4, '{}')
     on conflict (departement_id, id) do nothing`,
    [departementId, id, file, nom],
  );
}

/** Locks the lines to publish now: never published, lost perhaps, or due for another attempt. Other dispatchers skip them. */
export async function prendreAPublier(
  em: EntityManager,
  departementId: string,
  files: readonly string[],
  { lot, republicationMs, republicationMaxMs }: ReglagesJobs,
): Promise<LigneAPublier[]> {
  return em.query<LigneAPublier[]>(
    `select id, file, nom, publications
       from sillage.outbox
      where departement_id = $1 and etat = 'EN_ATTENTE' and file = any($2)
        and (prochaine_tentative_le is null or prochaine_tentative_le <= clock_timestamp())
        and (publie_le is null
             or publie_le < clock_timestamp() - least($3 * power(2, least(publications - 1, 20)), $4) * interval '1 ms')
      order by cree_le
      limit $5
      for update skip locked`,
    [departementId, files, republicationMs, republicationMaxMs, lot],
  );
}

export async function marquerPubliees(em: EntityManager, departementId: string, ids: readonly string[]): Promise<void> {
  await em.query(
    `update sillage.outbox set publie_le = clock_timestamp(), publications = publications + 1
      where departement_id = $1 and id = any($2)`,
    [departementId, ids],
  );
}

/**
 * Marks the job done and returns it, so that what follows in the same transaction happens with the mark or not at all. Finds nothing
 * when the job is done, refused or not due. A duplicate waits here for the end of the transaction that runs the same job.
 */
export async function prendreATraiter(
  em: EntityManager,
  departementId: string,
  id: string,
): Promise<{ file: string; nom: string; charge: unknown } | undefined> {
  const [lignes] = await em.query<[{ file: string; nom: string; charge: unknown }[], number]>(
    `update sillage.outbox set etat = 'TRAITE', traite_le = clock_timestamp(), erreurs = null
      where departement_id = $1 and id = $2 and etat = 'EN_ATTENTE'
        and (prochaine_tentative_le is null or prochaine_tentative_le <= clock_timestamp())
      returning file, nom, charge`,
    [departementId, id],
  );
  return lignes[0];
}

export async function marquerRefuse(
  em: EntityManager,
  departementId: string,
  id: string,
  erreurs: readonly ErreurMetier[],
): Promise<void> {
  await em.query(
    `update sillage.outbox set etat = 'REFUSE', erreurs = $3
      where departement_id = $1 and id = $2 and etat = 'EN_ATTENTE'`,
    [departementId, id, JSON.stringify(erreurs)],
  );
}

/**
 * Opens again what was refused long enough ago. What a rule refused may be allowed since, and whoever changed it may have looked
 * just before the refusal was written: a refusal is judged again from time to time, until it is done.
 */
export async function rouvrirRefuses(em: EntityManager, departementId: string, rejugementMs: number): Promise<void> {
  await em.query(
    `update sillage.outbox set etat = 'EN_ATTENTE', publie_le = null
      where departement_id = $1 and etat = 'REFUSE' and publie_le < clock_timestamp() - $2 * interval '1 ms'`,
    [departementId, rejugementMs],
  );
}

/** Counts an attempt; gives up after `tentativesMax`, or at once when `sansSuite`. Returns the state that the line has now. */
export async function marquerPanne(
  em: EntityManager,
  departementId: string,
  id: string,
  panne: { texte: string; sansSuite: boolean },
  { tentativesMax, delaiTentativeMs, delaiTentativeMaxMs }: ReglagesJobs,
): Promise<EtatMessage | undefined> {
  const erreurs: ErreurJob[] = [{ code: 'ERREUR_INTERNE', message: panne.texte, path: [], regle: null }];
  const [lignes] = await em.query<[{ etat: EtatMessage }[], number]>(
    `update sillage.outbox
        set tentatives = tentatives + 1,
            etat = case when $4 or tentatives + 1 >= $5 then 'ECHEC' else 'EN_ATTENTE' end,
            prochaine_tentative_le =
              clock_timestamp() + least($6 * power(2, least(tentatives, 20)), $7) * interval '1 ms',
            publie_le = null,
            erreurs = $3
      where departement_id = $1 and id = $2 and etat = 'EN_ATTENTE'
      returning etat`,
    [departementId, id, JSON.stringify(erreurs), panne.sansSuite, tentativesMax, delaiTentativeMs, delaiTentativeMaxMs],
  );
  return lignes[0]?.etat;
}

/** Lines by queue and state, what is done left out. */
export async function compterParFile(
  em: EntityManager,
  departementId: string,
): Promise<{ file: string; etat: EtatMessage; nombre: number }[]> {
  return em.query<{ file: string; etat: EtatMessage; nombre: number }[]>(
    `select file, etat, count(*)::int as nombre
       from sillage.outbox
      where departement_id = $1 and etat in ('EN_ATTENTE', 'REFUSE', 'ECHEC')
      group by file, etat`,
    [departementId],
  );
}
