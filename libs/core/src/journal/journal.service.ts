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
    const parJob = 'jobId' in auteur;
    await em.query(
      `insert into sillage.journal
         (departement_id, id, le, acteur_type, acteur_id, requete_id, action, objet_type, objet_id, regles, details)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        auteur.departementId,
        uuidv7(),
        this.horloge.maintenant().toString(),
        parJob ? 'JOB' : 'UTILISATEUR',
        parJob ? null : auteur.acteur.utilisateurId,
        parJob ? auteur.jobId : auteur.requeteId,
        ecriture.action,
        ecriture.objetType,
        ecriture.objetId,
        ecriture.regles ?? [],
        JSON.stringify(ecriture.details ?? {}),
      ],
    );
  }
}
