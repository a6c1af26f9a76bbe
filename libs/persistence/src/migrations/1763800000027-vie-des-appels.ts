import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What candidates read of an appel, and from which earlier one it was made (TRANS-03). */
export class VieDesAppels1763800000027 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table sillage.appel
        add column presentation text check (length(presentation) <= 20000),
        add column issu_de uuid check (issu_de <> id),
        add foreign key (departement_id, issu_de) references sillage.appel (departement_id, id);
      create index appel_issu_de on sillage.appel (departement_id, issu_de) where issu_de is not null;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
