import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Horloge } from '@sillage/kernel';
import { listerDepartements, UniteDeTravail } from '@sillage/persistence';
import { EcouteOutbox } from './ecoute.js';
import type { Files } from './files.js';
import { FILES, HORLOGE_JOBS, JOURNAL, OBSERVATEUR, REGLAGES } from './jetons.js';
import type { Journal } from './journal.js';
import type { ObservateurJobs } from './observateur.js';
import { marquerPubliees, prendreAPublier, rouvrirRefuses } from './outbox-sql.js';
import type { LigneAPublier } from './outbox-sql.js';
import { texteDePanne } from './panne.js';
import { JobsQuotidiens } from './quotidiens.js';
import type { ReglagesJobs } from './reglages.js';
import { RegistreJobs } from './registre.js';

/**
 * Carries jobs from the outbox to the queues: at once when a transaction announces them, by polling otherwise, and again when they
 * stay undone. Any number of dispatchers may run. One that dies between the queue and its commit has published a batch that will be
 * published a second time: the worker sees to it that nothing happens twice.
 */
@Injectable()
export class Repartiteur {
  /** Départements to look at. A full batch puts its own back at the end, so that none waits for another's backlog. */
  readonly #aVoir = new Set<string>();
  #tourEnCours: Promise<void> | undefined;
  #ecoute: EcouteOutbox | undefined;
  #sondage: NodeJS.Timeout | undefined;
  #arrete = true;

  constructor(
    private readonly dataSource: DataSource,
    private readonly unite: UniteDeTravail,
    private readonly registre: RegistreJobs,
    private readonly quotidiens: JobsQuotidiens,
    @Inject(FILES) private readonly files: Files,
    @Inject(REGLAGES) private readonly reglages: ReglagesJobs,
    @Inject(OBSERVATEUR) private readonly observateur: ObservateurJobs,
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(HORLOGE_JOBS) private readonly horloge: Horloge,
  ) {}

  /** @throws Error when BullMQ's tables cannot be prepared. */
  async demarrer(): Promise<void> {
    await this.files.preparer();
    this.#arrete = false;
    this.#ecoute = new EcouteOutbox({
      url: urlDe(this.dataSource),
      journal: this.journal,
      surAnnonce: (departementId) => this.#signaler([departementId]),
      surOuverture: () => void this.#signalerTous(),
    });
    this.#sondage = setInterval(() => void this.#signalerTous(), this.reglages.sondageMs);
    await this.#ecoute.ouvrir();
  }

  /** Ends the batch at hand and closes the connection. */
  async arreter(): Promise<void> {
    this.#arrete = true;
    clearInterval(this.#sondage);
    await this.#ecoute?.fermer();
    this.#aVoir.clear();
    await this.#tourEnCours;
  }

  /** Publishes one batch of a département. Returns how many lines it held. */
  async publierUnLot(departementId: string): Promise<number> {
    const lignes = await this.unite.executer(departementId, async (em) => {
      await rouvrirRefuses(em, departementId, this.reglages.rejugementMs);
      const aPublier = await prendreAPublier(em, departementId, this.registre.files(), this.reglages);
      if (aPublier.length === 0) return aPublier;
      for (const [file, lot] of parFile(aPublier)) {
        await this.files.publier(
          file,
          lot.map(({ id, nom, publications }) => ({ departementId, outboxId: id, nom, publication: publications + 1 })),
        );
      }
      await marquerPubliees(
        em,
        departementId,
        aPublier.map((ligne) => ligne.id),
      );
      return aPublier;
    });
    for (const [file, lot] of parFile(lignes)) {
      const dontRepublies = lot.filter((ligne) => ligne.publications > 0).length;
      this.observateur.publie({ file, nombre: lot.length, dontRepublies });
    }
    return lignes.length;
  }

  async #signalerTous(): Promise<void> {
    try {
      const departements = (await listerDepartements(this.dataSource)).map(({ departementId }) => departementId);
      for (const departementId of departements) await this.#demanderLeQuotidien(departementId);
      this.#signaler(departements);
    } catch (erreur) {
      this.journal.warn(`répartiteur : liste des départements illisible. ${texteDePanne(erreur)}`);
    }
  }

  async #demanderLeQuotidien(departementId: string): Promise<void> {
    if (this.#arrete || !this.reglages.quotidiens) return;
    try {
      await this.quotidiens.publier(departementId, this.horloge.maintenant());
    } catch (erreur) {
      this.journal.warn(`répartiteur : jobs du jour de ${departementId} remis à plus tard. ${texteDePanne(erreur)}`);
    }
  }

  #signaler(departements: readonly string[]): void {
    if (this.#arrete) return;
    for (const departementId of departements) this.#aVoir.add(departementId);
    if (this.#aVoir.size > 0) this.#tourEnCours ??= this.#tourner();
  }

  async #tourner(): Promise<void> {
    for (const departementId of this.#aVoir) {
      this.#aVoir.delete(departementId);
      try {
        const nombre = await this.publierUnLot(departementId);
        if (nombre >= this.reglages.lot && !this.#arrete) this.#aVoir.add(departementId);
      } catch (erreur) {
        // The next poll tries again.
        this.journal.warn(`répartiteur : département ${departementId} remis à plus tard. ${texteDePanne(erreur)}`);
      }
    }
    // In the same tick as the end of the loop: no announcement can fall in between.
    this.#tourEnCours = undefined;
  }
}

function parFile(lignes: readonly LigneAPublier[]): Map<string, LigneAPublier[]> {
  const lots = new Map<string, LigneAPublier[]>();
  for (const ligne of lignes) lots.set(ligne.file, [...(lots.get(ligne.file) ?? []), ligne]);
  return lots;
}

function urlDe(dataSource: DataSource): string {
  const { options } = dataSource;
  if (options.type !== 'postgres' || typeof options.url !== 'string') {
    throw new Error('Le répartiteur écoute l’outbox par une adresse : donnez `url` à la source de données.');
  }
  return options.url;
}
