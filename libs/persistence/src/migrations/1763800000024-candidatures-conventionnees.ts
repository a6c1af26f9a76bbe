import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Candidatures that a convention followed, by dispositif: a deposit looks for the same action among them (AMB-045). */
export class CandidaturesConventionnees1763800000024 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create index candidature_conventionnee on sillage.candidature (departement_id, dispositif)
       where etat = 'CONVENTIONNEE';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
