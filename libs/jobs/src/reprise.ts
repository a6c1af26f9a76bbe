import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CodeErreur } from '@sillage/kernel';
import { CANAL_OUTBOX, UniteDeTravail } from '@sillage/persistence';

/** Which stopped jobs to take up again. What is absent does not restrict. */
export interface CritereReprise {
  /** Refused only, unless said otherwise. */
  etats?: readonly ('REFUSE' | 'ECHEC')[];
  noms?: readonly string[];
  files?: readonly string[];
  /** Refused under at least one of these codes, for instance `DISPOSITIF_INACTIF`. */
  codes?: readonly CodeErreur[];
  /** Ids of outbox lines. */
  ids?: readonly string[];
}

/** Opens refused or failed jobs again: they are published, and judged, anew. Their attempts start from zero. */
@Injectable()
export class Reprises {
  constructor(private readonly unite: UniteDeTravail) {}

  /** @returns the number of jobs opened again */
  async reprendre(departementId: string, critere: CritereReprise): Promise<number> {
    return this.unite.executer(departementId, (em) => this.reprendreDans(em, departementId, critere));
  }

  /** The same in the caller's transaction: with the activation that makes the jobs possible again, or not at all. */
  async reprendreDans(em: EntityManager, departementId: string, critere: CritereReprise): Promise<number> {
    const [, nombre] = await em.query<[unknown[], number]>(
      `update sillage.outbox
          set etat = 'EN_ATTENTE', tentatives = 0, prochaine_tentative_le = null, publie_le = null
        where departement_id = $1 and etat = any($2)
          and ($3::text[] is null or nom = any($3))
          and ($4::text[] is null or file = any($4))
          and ($5::text[] is null or exists (
                select 1 from jsonb_array_elements(erreurs) erreur where erreur ->> 'code' = any($5)))
          and ($6::uuid[] is null or id = any($6))`,
      [
        departementId,
        critere.etats ?? ['REFUSE'],
        critere.noms ?? null,
        critere.files ?? null,
        critere.codes ?? null,
        critere.ids ?? null,
      ],
    );
    if (nombre > 0) await em.query('select pg_notify($1, $2)', [CANAL_OUTBOX, departementId]);
    return nombre;
  }
}
