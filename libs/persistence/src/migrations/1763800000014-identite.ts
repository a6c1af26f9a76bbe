import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableLocataire } from '../rls.js';

/**
 * Names leave the record of a young person for a table of their own, which neither jobs nor statistics may read (see rls.ts).
 * A record without a row here has been made anonymous.
 */
export class Identite1763800000014 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table sillage.identite (
        departement_id text not null references referentiel.departement (departement_id),
        jeune_id uuid not null,
        prenom text not null,
        nom text not null,
        primary key (departement_id, jeune_id),
        foreign key (departement_id, jeune_id) references sillage.jeune (departement_id, id)
      );
      -- Forced, the policy hides every row from who has no context: from this migration too.
      alter table sillage.jeune no force row level security;
      insert into sillage.identite (departement_id, jeune_id, prenom, nom)
        select departement_id, id, prenom, nom from sillage.jeune;
      alter table sillage.jeune drop column prenom, drop column nom;
      alter table sillage.jeune force row level security;
    `);
    await tableLocataire(q, 'sillage', 'identite', ['select', 'insert', 'update', 'delete'], { nominative: true });
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
