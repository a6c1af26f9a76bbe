import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableLocataire } from '../rls.js';

/**
 * Who has read what names young people (TRANS-30). A line is one answer; `jeune_consulte` finds, for one young person, the days and the
 * readers to look for.
 */
export class Lectures1763800000016 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table sillage.journal_lecture (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        le timestamptz not null,
        acteur_id uuid not null,
        requete_id text not null,
        operation text,
        depart text not null,
        motif text,
        champs text[] not null,
        jeune_ids uuid[] not null check (cardinality(jeune_ids) > 0),
        primary key (departement_id, id),
        foreign key (departement_id, acteur_id) references sillage.utilisateur (departement_id, id)
      );
      create index journal_lecture_acteur on sillage.journal_lecture (departement_id, acteur_id, le, id);
      create index journal_lecture_le on sillage.journal_lecture (departement_id, le, id);

      create table sillage.jeune_consulte (
        departement_id text not null references referentiel.departement (departement_id),
        jeune_id uuid not null,
        jour date not null,
        acteur_id uuid not null,
        primary key (departement_id, jeune_id, jour, acteur_id)
      );
    `);
    for (const table of ['journal_lecture', 'jeune_consulte']) {
      await tableLocataire(q, 'sillage', table, ['select', 'insert']);
    }
    await q.query(`
      create function sillage.forme_canonique(ligne sillage.journal_lecture, forme smallint) returns text language sql stable
      return case forme when 1 then jsonb_build_array(
        1, ligne.departement_id, ligne.id, to_char(ligne.le at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        ligne.acteur_id, ligne.requete_id, ligne.operation, ligne.depart, ligne.motif, ligne.champs, ligne.jeune_ids)::text end;

      create constraint trigger chainer after insert on sillage.journal_lecture deferrable initially deferred
        for each row execute function sillage.chainer('LECTURE');
      create trigger immuable before update or truncate on sillage.journal_lecture
        for each statement execute function sillage.refuser_reecriture();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
