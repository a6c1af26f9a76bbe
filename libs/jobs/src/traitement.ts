import { Inject, Injectable } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { Refus } from '@sillage/kernel';
import { UniteDeTravail } from '@sillage/persistence';
import { JOURNAL, OBSERVATEUR, REGLAGES } from './jetons.js';
import type { Journal } from './journal.js';
import { messageJob } from './message.js';
import type { MessageJob } from './message.js';
import type { IssueJob, ObservateurJobs } from './observateur.js';
import { marquerPanne, marquerRefuse, prendreATraiter } from './outbox-sql.js';
import { ChargeInvalide, JobInconnu, texteDePanne } from './panne.js';
import type { ReglagesJobs } from './reglages.js';
import { RegistreJobs } from './registre.js';

/** How the message ended, and the name of the job that it led to (null when it led to none). */
interface Fin {
  issue: IssueJob;
  nom: string | null;
}

/**
 * Runs one message of a queue. The job's effect and its mark in the outbox are one transaction of the job's département: a message
 * that comes twice, or whose worker dies, changes nothing to that. What goes wrong is written in the outbox, never left in the queue.
 */
@Injectable()
export class TraitementJob {
  constructor(
    private readonly unite: UniteDeTravail,
    private readonly registre: RegistreJobs,
    @Inject(REGLAGES) private readonly reglages: ReglagesJobs,
    @Inject(OBSERVATEUR) private readonly observateur: ObservateurJobs,
    @Inject(JOURNAL) private readonly journal: Journal,
  ) {}

  /** @throws Error when even the failure could not be written (no database): the job will be published again. */
  async traiter(file: string, recu: unknown): Promise<IssueJob> {
    const debut = performance.now();
    const { issue, nom } = await this.#derouler(file, recu);
    const connu = nom !== null && this.registre.trouver(nom) !== undefined;
    this.observateur.traite({ file, nom: connu ? nom : 'inconnu', issue, dureeMs: performance.now() - debut });
    return issue;
  }

  async #derouler(file: string, recu: unknown): Promise<Fin> {
    const lu = messageJob.safeParse(recu);
    if (!lu.success) {
      this.journal.warn(`file ${file} : un message illisible est écarté ; aucun job n’est perdu, l’outbox les tient`);
      return { issue: 'ILLISIBLE', nom: null };
    }
    const message = lu.data;
    const essai: { nom: string | null } = { nom: null };
    try {
      return { issue: await this.#executer(file, message, essai), nom: essai.nom };
    } catch (erreur) {
      if (essai.nom === null && attenteInterrompue(erreur)) return { issue: 'OCCUPE', nom: null };
      if (erreur instanceof Refus) return { issue: await this.#refuser(message, erreur), nom: essai.nom };
      return { issue: await this.#echouer(message, erreur, essai.nom), nom: essai.nom };
    }
  }

  #executer(file: string, { departementId, outboxId }: MessageJob, essai: { nom: string | null }): Promise<IssueJob> {
    return this.unite.executer(departementId, async (em) => {
      const ligne = await prendreATraiter(em, departementId, outboxId);
      if (!ligne) return 'DOUBLON';
      essai.nom = ligne.nom;
      const job = this.registre.trouver(ligne.nom);
      if (job?.file !== ligne.file || ligne.file !== file) {
        throw new JobInconnu(
          `Aucun exécuteur n’est déclaré pour le job « ${ligne.nom} » dans la file « ${ligne.file} ».`,
        );
      }
      await job.executer(em, ligne.charge, { departementId, jobId: outboxId });
      return 'TRAITE';
    });
  }

  async #refuser({ departementId, outboxId }: MessageJob, refus: Refus): Promise<IssueJob> {
    await this.unite.executer(departementId, (em) => marquerRefuse(em, departementId, outboxId, refus.erreurs));
    return 'REFUSE';
  }

  async #echouer({ departementId, outboxId }: MessageJob, erreur: unknown, nom: string | null): Promise<IssueJob> {
    const panne = { texte: texteDePanne(erreur), sansSuite: erreur instanceof ChargeInvalide };
    const etat = await this.unite.executer(departementId, (em) =>
      marquerPanne(em, departementId, outboxId, panne, this.reglages),
    );
    const sujet = `job ${nom ?? 'inconnu'} ${outboxId} (${departementId})`;
    if (etat === 'ECHEC') {
      this.journal.error(`${sujet} : abandonné jusqu’à reprise. ${panne.texte}`);
      return 'ECHEC';
    }
    this.journal.warn(`${sujet} : sera tenté de nouveau. ${panne.texte}`);
    return 'REESSAI';
  }
}

/** The wait for the transaction that runs the same job was cut short by a server's timeout: it is still at work. */
function attenteInterrompue(erreur: unknown): boolean {
  if (!(erreur instanceof QueryFailedError)) return false;
  const code: unknown = Reflect.get(erreur.driverError, 'code');
  return code === '57014' || code === '55P03';
}
