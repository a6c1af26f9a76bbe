import { type ContexteJob, definirJob, RegistreJobs } from '@sillage/jobs';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { type Chaine, CHAINES } from './chaines.js';
import { direEcart } from './ecarts-chaine.js';
import { ecrireTete, type TeteDeChaine } from './tete-chaine.js';
import { type Constat, verifierChaine } from './verifier-journal.js';

const verifier = definirJob({
  nom: 'journal.verifier',
  file: 'journal',
  charge: z.strictObject({}),
});

/** In Paris: when little is written. */
const HEURE = 2;
/** Faults that one alert tells; the command tells more. */
const ECARTS_DITS = 5;

/**
 * Verifies each tenant's chains every night. The head goes to the process log, which is kept apart from the database: what was written
 * there holds whoever would write the chain anew. A break is an alert, at error level.
 */
@Injectable()
export class VerificationNocturne implements OnModuleInit {
  readonly #log = new Logger('Journal');
  /** The last heads that this process saw: a chain that is shorter or other the next night is found without anybody's help. */
  readonly #tetes = new Map<string, TeteDeChaine>();

  constructor(private readonly jobs: RegistreJobs) {}

  onModuleInit(): void {
    this.jobs.declarerQuotidien(verifier, HEURE, (em, _charge, contexte) => this.verifier(em, contexte), 'journal');
  }

  async verifier(em: EntityManager, { departementId }: Pick<ContexteJob, 'departementId'>): Promise<void> {
    for (const chaine of Object.keys(CHAINES) as Chaine[]) {
      const cle = `${departementId}/${chaine}`;
      const constat = await verifierChaine((sql, parametres) => em.query(sql, parametres), {
        departementId,
        chaine,
        notees: [this.#tetes.get(cle)].filter((tete) => tete !== undefined),
      });
      this.#dire(cle, constat);
      if (constat.tete && constat.nombreEcarts === 0) this.#tetes.set(cle, constat.tete);
    }
  }

  #dire(cle: string, { maillons, tete, ecarts, nombreEcarts }: Constat): void {
    const etat = `${cle} : ${maillons} maillon(s) vérifié(s), tête ${tete ? ecrireTete(tete) : 'absente'}`;
    if (nombreEcarts === 0) this.#log.log(`chaîne entière. ${etat}`);
    else {
      const premiers = ecarts.slice(0, ECARTS_DITS).map(direEcart).join(' ');
      this.#log.error(`CHAÎNE ROMPUE, ${nombreEcarts} écart(s). ${etat}. ${premiers}`);
    }
  }
}
