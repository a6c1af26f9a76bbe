import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Readings are kept six months at least and no longer than asked (TRANS-30): jobs may remove them, PostgreSQL refuses before that. Six
 * months are counted from the last line of the journal, where whoever removes says so first: no clock is known here but the platform's.
 */
export class DureeDesLectures1763800000022 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create function sillage.refuser_trop_tot() returns trigger language plpgsql set search_path = pg_catalog as $$
      begin
        if exists (select from retirees r where r.le > coalesce(
          (select max(j.le) from sillage.journal j where j.departement_id = r.departement_id), r.le) - interval '6 months')
        then
          raise exception 'Une lecture nominative se conserve six mois au moins.' using errcode = 'SI001';
        end if;
        return null;
      end $$;
      create trigger duree after delete on sillage.journal_lecture
        referencing old table as retirees for each statement execute function sillage.refuser_trop_tot();
      grant delete on sillage.journal_lecture, sillage.jeune_consulte to sillage_jobs;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
