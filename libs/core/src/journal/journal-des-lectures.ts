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
/** Answers that may wait for their line: beyond it, nobody reads names any more until PostgreSQL takes them. */
const EN_ATTENTE_MAX = 20_000;
/** Days, readers and young people already noted, kept so as not to note them again. */
const CONNUS_MAX = 200_000;

interface Ligne {
  readonly departementId: string;
  readonly id: string;
  readonly le: Temporal.Instant;
  readonly acteur_id: string;
  readonly requete_id: string;
  readonly operation: string | null;
  readonly depart: string;
  readonly motif: string | null;
  readonly champs: readonly string[];
  readonly jeune_ids: readonly string[];
}

/**
 * The readings of what names young people, written by batches off the way of the answers: at most a second late, and whole when the
 * process stops. What PostgreSQL does not take is kept and tried again.
 */
@Injectable()
export class JournalDesLectures extends TemoinDesLectures implements OnApplicationShutdown {
  readonly #traces = new Logger('JournalDesLectures');
  #enAttente: Ligne[] = [];
  #minuterie: NodeJS.Timeout | undefined;
  #ecriture: Promise<void> = Promise.resolve();
  readonly #connus = new Set<string>();

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
    const { departementId, acteur, requeteId, motif = null } = contexte;
    const le = this.horloge.maintenant();
    for (const { operation, depart, champs, personnes } of lectures) {
      this.#enAttente.push({
        departementId,
        id: uuidv7(),
        le,
        acteur_id: acteur.utilisateurId,
        requete_id: requeteId,
        operation,
        depart,
        motif,
        champs,
        jeune_ids: personnes,
      });
    }
    this.#minuterie ??= setTimeout(() => void this.vider(), DELAI_MS);
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
    const nouveaux = this.#inconnus(lignes);
    await this.unites.executer(departementId, async (em) => {
      await insererLectures(em, departementId, lignes);
      await insererConsultes(em, departementId, [...nouveaux.values()]);
    });
    if (this.#connus.size + nouveaux.size > CONNUS_MAX) this.#connus.clear();
    for (const cle of nouveaux.keys()) this.#connus.add(cle);
  }

  #inconnus(lignes: readonly Ligne[]): ReadonlyMap<string, Consulte> {
    const nouveaux = new Map<string, Consulte>();
    for (const { departementId, le, acteur_id, jeune_ids } of lignes) {
      const jour = jourDe(le).toString();
      for (const jeune_id of jeune_ids) {
        const cle = `${departementId} ${jour} ${acteur_id} ${jeune_id}`;
        if (!this.#connus.has(cle)) nouveaux.set(cle, { jeune_id, jour, acteur_id });
      }
    }
    return nouveaux;
  }
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
    [departementId, JSON.stringify(lignes)],
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
