import { Injectable } from '@nestjs/common';
import type { Pool, PoolClient } from 'pg';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import type { InstructionSql } from './echange.js';
import { FileDeLectures } from './file-de-lectures.js';
import { PARAMETRE_DEPARTEMENT } from './rls.js';

/** Work of one tenant. Everything it asks the database goes through `em`, which dies with the transaction. */
export type Travail<T> = (em: EntityManager) => Promise<T>;

/** The transaction could not be committed as it was asked: nothing of it remains, unless the message says otherwise. */
export class UniteAbandonnee extends Error {
  override readonly name = 'UniteAbandonnee';
}

const DELAI_ROLLBACK_MS = 5_000;

/**
 * The only way to a tenant's rows: one transaction, on one connection, with the tenant's context set for that transaction alone.
 * The connection goes back to the pool only once the server has acknowledged COMMIT or ROLLBACK; if it cannot, it is destroyed.
 * Do not open a unit inside another: with a small pool both would wait for ever.
 */
@Injectable()
export class UniteDeTravail {
  readonly #enCours = new Set<Promise<unknown>>();
  #fermee = false;
  #file: FileDeLectures | undefined;

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Runs `travail` and commits; rolls back when it throws, and throws the same error.
   * @throws UniteAbandonnee when a statement had failed inside `travail` and the failure was swallowed.
   */
  executer<T>(departementId: string, travail: Travail<T>): Promise<T> {
    return this.#suivre(() => this.#derouler(departementId, 'off', travail));
  }

  /** The same, READ ONLY: the server refuses any write. */
  lecture<T>(departementId: string, travail: Travail<T>): Promise<T> {
    return this.#suivre(() => this.#derouler(departementId, 'on', travail));
  }

  /**
   * The first column of the one row of a statement, in a READ ONLY unit of its own that costs one round trip.
   * @returns null when there is no row, or when that column is null
   */
  async lireTexte(departementId: string, instruction: InstructionSql): Promise<string | null> {
    return this.#suivre(() => {
      exigerDepartement(departementId);
      return this.#lectures().lire(departementId, instruction);
    });
  }

  /** Refuses new units and waits for those in hand, at most `delaiMs`. For the shutdown of the process. */
  async fermer(delaiMs: number): Promise<void> {
    this.#fermee = true;
    let minuterie: NodeJS.Timeout | undefined;
    const delai = new Promise<void>((fini) => {
      minuterie = setTimeout(fini, delaiMs);
    });
    await Promise.race([Promise.allSettled(this.#enCours), delai]);
    clearTimeout(minuterie);
  }

  /** Made at the first read: the data source has no pool before it is initialised. */
  #lectures(): FileDeLectures {
    return (this.#file ??= new FileDeLectures((this.dataSource.driver as unknown as { master: Pool }).master));
  }

  async #suivre<T>(lancer: () => Promise<T>): Promise<T> {
    if (this.#fermee) throw new UniteAbandonnee('Le service s’arrête : aucune transaction ne peut plus commencer.');
    const unite = lancer();
    this.#enCours.add(unite);
    try {
      return await unite;
    } finally {
      this.#enCours.delete(unite);
    }
  }

  async #derouler<T>(departementId: string, lectureSeule: 'on' | 'off', travail: Travail<T>): Promise<T> {
    exigerDepartement(departementId);
    const runner = this.dataSource.createQueryRunner();
    const client = (await runner.connect()) as PoolClient;
    try {
      await runner.startTransaction();
      await runner.query(
        `select set_config('${PARAMETRE_DEPARTEMENT}', $1, true), set_config('transaction_read_only', $2, true)`,
        [departementId, lectureSeule],
      );
      const resultat = await accomplir(travail, runner);
      await valider(client);
      return resultat;
    } catch (erreur) {
      await annuler(client);
      throw erreur;
    } finally {
      await runner.release();
    }
  }
}

function exigerDepartement(departementId: string): void {
  if (departementId === '') throw new UniteAbandonnee('Une unité de travail se fait pour un département : lequel ?');
}

/** A query that `travail` forgot to await must not run after the end of the transaction, nor in the next user's one. */
async function accomplir<T>(travail: Travail<T>, runner: QueryRunner): Promise<T> {
  const refuser = (): Promise<never> =>
    Promise.reject(new UniteAbandonnee('La transaction est terminée : cette requête n’a pas été attendue à temps.'));
  try {
    return await travail(runner.manager);
  } finally {
    runner.query = refuser;
    runner.stream = refuser;
  }
}

/**
 * PostgreSQL answers COMMIT on a failed transaction by a ROLLBACK that is no error. Only that answer tells: `pg` rejects a failed query
 * before it has read the new state of the transaction.
 */
async function valider(client: PoolClient): Promise<void> {
  if (client.getTransactionStatus() === 'I') {
    throw new UniteAbandonnee(
      'La transaction a été close par son propre travail : ce qui a suivi n’avait plus de contexte.',
    );
  }
  const { command } = await client.query('commit');
  if (command !== 'COMMIT') {
    throw new UniteAbandonnee(
      'Une requête de la transaction a échoué et son erreur a été ignorée : tout a été annulé. Laissez passer l’erreur.',
    );
  }
}

/** Leaves the connection clean, or ends it: the pool throws away a client that is ending. */
async function annuler(client: PoolClient): Promise<void> {
  if (client.getTransactionStatus() === 'I') return;
  try {
    await client.query({ text: 'rollback', query_timeout: DELAI_ROLLBACK_MS } as { text: string });
  } catch {
    client.end().catch(() => undefined);
  }
}
