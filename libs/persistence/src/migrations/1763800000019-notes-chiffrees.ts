import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is written freely of an acte is sealed (ADR 0051). No migration holds a key: it refuses to run over texts in clear, which no
 * version of the application has ever written.
 */
export class NotesChiffrees1763800000019 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- Forced, the policy hides every row from who has no context: from this migration too.
      alter table sillage.acte no force row level security;
      do $$
      begin
        if exists (select from sillage.acte where lieu is not null or commentaire is not null) then
          raise exception 'Des actes portent des textes en clair : reprenez-les par l’application, qui les chiffre, puis videz ces colonnes.';
        end if;
      end $$;
      alter table sillage.acte
        drop column lieu, drop column commentaire,
        add column lieu bytea, add column commentaire bytea;
      alter table sillage.acte force row level security;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
