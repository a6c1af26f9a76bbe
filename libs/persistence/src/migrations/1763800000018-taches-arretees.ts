import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A task may stop before its end: whoever asked for it lost the right to, and it says so. */
export class TachesArretees1763800000018 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table sillage.tache
        drop constraint tache_etat_check,
        add constraint tache_etat_check check (etat in ('EN_COURS', 'TERMINEE', 'ARRETEE')),
        add column motif text,
        add constraint tache_motif check ((etat = 'ARRETEE') = (motif is not null))
    `);
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
