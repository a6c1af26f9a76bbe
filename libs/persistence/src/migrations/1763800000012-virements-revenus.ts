import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was said to be paid may be rejected afterwards: a line has one answer of each kind, not one in all. */
export class VirementsRevenus1763800000012 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table sillage.bordereau_retour
        drop constraint bordereau_retour_pkey,
        add primary key (departement_id, ligne_id, resultat)
    `);
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
