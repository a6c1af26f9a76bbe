import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableLocataire } from '../rls.js';

/**
 * What each user has spent in the minute under way, shared by the gateways: one row a user, written over the next minute. UNLOGGED: nobody
 * misses it after a crash.
 */
export class Debit1763800000017 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create unlogged table sillage.debit (
        departement_id text not null references referentiel.departement (departement_id),
        utilisateur_id uuid not null,
        minute bigint not null,
        points bigint not null check (points >= 0),
        primary key (departement_id, utilisateur_id),
        foreign key (departement_id, utilisateur_id) references sillage.utilisateur (departement_id, id)
      )
    `);
    await tableLocataire(q, 'sillage', 'debit');
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
