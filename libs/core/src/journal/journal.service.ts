import type { ContexteActeur } from '@sillage/access';
import type { Horloge } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { HORLOGE } from '../api/horloge.provider.js';

/** What happened to an object. `details` holds ids, codes, amounts and dates: never a person's data. */
export interface Ecriture {
  action: string;
  objetType: string;
  objetId: string;
  regles?: readonly string[];
  details?: Readonly<Record<string, unknown>>;
}

/** Who writes: a person behind a request, or a job. */
export type Auteur = ContexteActeur | { departementId: string; jobId: string };

/** The append-only journal: written in the transaction of the write it tells of. The database refuses to change or remove a line. */
@Injectable()
export class JournalService {
  constructor(@Inject(HORLOGE) private readonly horloge: Horloge) {}

  async ecrire(em: EntityManager, auteur: Auteur, ecriture: Ecriture): Promise<void> {
    await this.ecrireTous(em, auteur, [ecriture]);
  }

  /** In one statement, whatever their count. */
  async ecrireTous(em: EntityManager, auteur: Auteur, ecritures: readonly Ecriture[]): Promise<void> {
    const parJob = 'jobId' in auteur;
    await em.query(
      `insert into sillage.journal
         (departement_id, id, le, acteur_type, acteur_id, requete_id, action, objet_type, objet_id, regles, details)
       select $1, e.id, $2, $3, $4, $5, e.action, e."objetType", e."objetId", e.regles, e.details
         from json_to_recordset($6::json)
           e(id uuid, action text, "objetType" text, "objetId" uuid, regles text[], details jsonb)`,
      [
        auteur.departementId,
        this.horloge.maintenant().toString(),
        parJob ? 'JOB' : 'UTILISATEUR',
        parJob ? null : auteur.acteur.utilisateurId,
        parJob ? auteur.jobId : auteur.requeteId,
        JSON.stringify(ecritures.map((e) => ({ regles: [], details: {}, ...e, id: uuidv7() }))),
      ],
    );
  }
}
