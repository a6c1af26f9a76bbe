import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Overrides that JSON holds as a number with decimals become texts, the only form in which such a value is read: as it was kept, to the digit. */
export class ParametresEnTexte1763800000023 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- Forced, the policy hides every row from who has no context: from this migration too.
      alter table sillage.parametre_surcharge no force row level security;
      update sillage.parametre_surcharge set valeur = to_jsonb(valeur #>> '{}')
       where jsonb_typeof(valeur) = 'number' and (valeur #>> '{}')::numeric % 1 <> 0;
      alter table sillage.parametre_surcharge force row level security;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
