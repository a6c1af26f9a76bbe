import type { ContexteActeur } from '@sillage/access';
import { type Horloge, jourDe, type Temporal } from '@sillage/kernel';
import { UniteDeTravail } from '@sillage/persistence';
import { type LectureNominative, TemoinDesLectures } from '@sillage/read';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { HORLOGE } from '../api/horloge.provider.js';

/** Longest time between an answer and its line in the journal, when the database is there. */
const DELAI_MS = 500;
/** Lines that may wait: beyond it, nobody reads names any more until PostgreSQL takes them. */
const EN_ATTENTE_MAX = 20_000;
/** Young people of one line. */
const JEUNES_MAX = 2_000;
/** Days, readers and young people already noted, kept so as not to note them again. */
const CONNUS_MAX = 200_000;

interface Ligne {
  readonly departementId: string;
  readonly id: string;
  readonly le: Temporal.Instant;
  readonly acteur_id: string;
  /** Of the first answer that the line tells. */
  readonly requete_id: string;
  readonly operation: string | null;
  readonly depart: string;
  readonly motif: string | null;
  readonly champs: readonly string[];
  readonly jeunes: Set<string>;
}

/**
 * The readings of what names young people, written by batches off the way of the answers: at most a second late, and whole when the
 * process stops. What one person reads in the same way within a batch is one line. What PostgreSQL does not take is kept and tried again.
 */
@Injectable()
export class JournalDesLectures extends TemoinDesLectures implements OnApplicationShutdown {
  readonly #traces = new Logger('JournalDesLectures');
  #enAttente: Ligne[] = [];
  /** Those of {@link #enAttente} that may still grow, by who reads, how and why. */
  readonly #ouvertes = new Map<string, Ligne>();
  #minuterie: NodeJS.Timeout | undefined;
  #ecriture: Promise<void> = Promise.resolve();
  /** By département, day and reader: young people already noted. */
  readonly #connus = new Map<string, Set<string>>();
  #nombreDeConnus = 0;

  constructor(
    private readonly unites: UniteDeTravail,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {
    super();
  }

  /** @throws Error when too many lines wait: the answer is then not given */
  async noter(contexte: ContexteActeur, lectures: readonly LectureNominative[]): Promise<void> {
    if (this.#enAttente.length >= EN_ATTENTE_MAX) {
      throw new Error('Le journal des lectures n’est plus écrit : aucune donnée nominative n’est lue jusque-là.');
    }
    for (const lecture of lectures) {
      const { jeunes } = this.#ligne(contexte, lecture);
      for (const personne of lecture.personnes) jeunes.add(personne);
    }
    this.#minuterie ??= setTimeout(() => void this.vider(), DELAI_MS);
  }

  #ligne({ departementId, acteur, requeteId, ...contexte }: ContexteActeur, lecture: LectureNominative): Ligne {
    const { operation, depart, champs } = lecture;
    const motif = contexte.motif ?? null;
    const cle = JSON.stringify([departementId, acteur.utilisateurId, operation, depart, motif, champs]);
    const ouverte = this.#ouvertes.get(cle);
    if (ouverte && ouverte.jeunes.size < JEUNES_MAX) return ouverte;
    const ligne: Ligne = {
      departementId,
      id: uuidv7(),
      le: this.horloge.maintenant(),
      acteur_id: acteur.utilisateurId,
      requete_id: requeteId,
      operation,
      depart,
      motif,
      champs,
      jeunes: new Set(),
    };
    this.#ouvertes.set(cle, ligne);
    this.#enAttente.push(ligne);
    return ligne;
  }

  /** Writes what waits. Never fails: what could not be written waits again. */
  vider(): Promise<void> {
    clearTimeout(this.#minuterie);
    this.#minuterie = undefined;
    this.#ecriture = this.#ecriture.then(() => this.#ecrireTout());
    return this.#ecriture;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.vider();
    if (this.#enAttente.length > 0)
      this.#traces.error(`${this.#enAttente.length} lectures n’ont pas pu être journalisées.`);
    clearTimeout(this.#minuterie);
  }

  async #ecrireTout(): Promise<void> {
    const lignes = this.#enAttente;
    this.#enAttente = [];
    this.#ouvertes.clear();
    for (const [departementId, siennes] of parDepartement(lignes)) {
      try {
        await this.#ecrire(departementId, siennes);
      } catch (erreur) {
        this.#traces.error(erreur instanceof Error ? erreur.message : String(erreur));
        this.#enAttente.push(...siennes);
        this.#minuterie ??= setTimeout(() => void this.vider(), DELAI_MS);
      }
    }
  }

  async #ecrire(departementId: string, lignes: readonly Ligne[]): Promise<void> {
    const nouveaux = this.#inconnus(departementId, lignes);
    await this.unites.executer(departementId, async (em) => {
      await insererLectures(em, departementId, lignes);
      await insererConsultes(em, departementId, nouveaux);
    });
    this.#retenir(departementId, nouveaux);
  }

  #inconnus(departementId: string, lignes: readonly Ligne[]): Consulte[] {
    return lignes.flatMap(({ le, acteur_id, jeunes }) => {
      const jour = jourDe(le).toString();
      const connus = this.#connus.get(cleDeLecteur(departementId, jour, acteur_id));
      return [...jeunes].filter((id) => !connus?.has(id)).map((jeune_id) => ({ jeune_id, jour, acteur_id }));
    });
  }

  #retenir(departementId: string, consultes: readonly Consulte[]): void {
    this.#nombreDeConnus += consultes.length;
    if (this.#nombreDeConnus > CONNUS_MAX) {
      this.#connus.clear();
      this.#nombreDeConnus = consultes.length;
    }
    for (const { jour, acteur_id, jeune_id } of consultes) {
      const cle = cleDeLecteur(departementId, jour, acteur_id);
      const connus = this.#connus.get(cle) ?? new Set();
      // Copied: a piece of an answer would keep the whole of it in memory.
      this.#connus.set(cle, connus.add(Buffer.from(jeune_id).toString()));
    }
  }
}

function cleDeLecteur(departementId: string, jour: string, acteurId: string): string {
  return `${departementId} ${jour} ${acteurId}`;
}

interface Consulte {
  readonly jeune_id: string;
  readonly jour: string;
  readonly acteur_id: string;
}

function parDepartement(lignes: readonly Ligne[]): [departementId: string, siennes: readonly Ligne[]][] {
  const departements = new Set(lignes.map(({ departementId }) => departementId));
  return [...departements].map((id) => [id, lignes.filter(({ departementId }) => departementId === id)]);
}

async function insererLectures(em: EntityManager, departementId: string, lignes: readonly Ligne[]): Promise<void> {
  await em.query(
    `insert into sillage.journal_lecture
       (departement_id, id, le, acteur_id, requete_id, operation, depart, motif, champs, jeune_ids)
     select $1, l.id, l.le, l.acteur_id, l.requete_id, l.operation, l.depart, l.motif, l.champs, l.jeune_ids
       from json_to_recordset($2::json)
         l(id uuid, le timestamptz, acteur_id uuid, requete_id text, operation text, depart text, motif text, champs text[], jeune_ids uuid[])`,
    [departementId, JSON.stringify(lignes.map(({ jeunes, ...ligne }) => ({ ...ligne, jeune_ids: [...jeunes] })))],
  );
}

async function insererConsultes(
  em: EntityManager,
  departementId: string,
  consultes: readonly Consulte[],
): Promise<void> {
  if (consultes.length === 0) return;
  await em.query(
    `insert into sillage.jeune_consulte (departement_id, jeune_id, jour, acteur_id)
     select $1, c.jeune_id, c.jour, c.acteur_id
       from json_to_recordset($2::json) c(jeune_id uuid, jour date, acteur_id uuid)
     on conflict do nothing`,
    [departementId, JSON.stringify(consultes)],
  );
}
