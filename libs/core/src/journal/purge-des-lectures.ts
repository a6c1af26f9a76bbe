import { type ContexteJob, definirJob, RegistreJobs } from '@sillage/jobs';
import { ajouterMois, debutDuJour, type Horloge, jourDe } from '@sillage/kernel';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { CONSERVATION_LECTURES } from '../api/conservation-lectures.provider.js';
import { HORLOGE } from '../api/horloge.provider.js';
import { JournalService } from './journal.service.js';
import { PURGE, rangPurge } from './rang-purge.js';

const purger = definirJob({
  nom: 'journal.purger',
  file: 'journal',
  charge: z.strictObject({}),
});

/** In Paris, once the chain was verified. */
const HEURE = 4;
const CHAINE = 'LECTURE';

/**
 * Removes each night the readings that have been kept long enough. The links stay, and the journal says up to which one lines are gone: a
 * line that is missing beyond it is a fault.
 */
@Injectable()
export class PurgeDesLectures implements OnModuleInit {
  constructor(
    private readonly jobs: RegistreJobs,
    private readonly journal: JournalService,
    @Inject(CONSERVATION_LECTURES) private readonly mois: number,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  onModuleInit(): void {
    this.jobs.declarerQuotidien(purger, HEURE, (em, _charge, contexte) => this.purger(em, contexte), 'journal');
  }

  async purger(
    em: EntityManager,
    { departementId, jobId }: Pick<ContexteJob, 'departementId' | 'jobId'>,
  ): Promise<void> {
    const premierJour = ajouterMois(jourDe(this.horloge.maintenant()), -this.mois);
    const avant = debutDuJour(premierJour).toString();
    await em.query('delete from sillage.jeune_consulte where departement_id = $1 and jour < $2', [
      departementId,
      premierJour.toString(),
    ]);
    const dernier = await dernierAPurger(em, departementId, avant);
    const deja = await rangPurge((sql, parametres) => em.query(sql, parametres), departementId, CHAINE);
    if (dernier === null || dernier.rang <= deja) return;
    await this.journal.ecrire(
      em,
      { departementId, jobId },
      {
        action: PURGE,
        objetType: 'Journal',
        objetId: dernier.id,
        regles: ['TRANS-30'],
        details: { chaine: CHAINE, rang: dernier.rang, avant },
      },
    );
    await em.query(
      `delete from sillage.journal_lecture l using sillage.journal_chaine m
        where m.departement_id = $1 and m.chaine = '${CHAINE}' and m.rang > $2 and m.rang <= $3
          and l.departement_id = $1 and l.id = m.journal_id and l.le < $4`,
      [departementId, deja, dernier.rang, avant],
    );
  }
}

/** The last link before the first line that is to be kept; lines come in the order of links, but for those of one same second. */
async function dernierAPurger(
  em: EntityManager,
  departementId: string,
  avant: string,
): Promise<{ readonly rang: number; readonly id: string } | null> {
  const [lu] = await em.query<{ rang: string; id: string }[]>(
    `select rang, journal_id as id from sillage.journal_chaine
      where departement_id = $1 and chaine = '${CHAINE}' and rang < coalesce(
        (select m.rang from sillage.journal_chaine m where m.departement_id = $1 and m.chaine = '${CHAINE}' and m.journal_id =
          (select l.id from sillage.journal_lecture l where l.departement_id = $1 and l.le >= $2 order by l.le, l.id limit 1)),
        9223372036854775807)
      order by rang desc limit 1`,
    [departementId, avant],
  );
  return lu ? { rang: Number(lu.rang), id: lu.id } : null;
}
