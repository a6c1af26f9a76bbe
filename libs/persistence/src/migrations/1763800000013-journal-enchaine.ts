import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableLocataire } from '../rls.js';

/**
 * Chains the journal of each tenant: a link holds the fingerprint of its line and of the link before it, so that a line cannot be
 * changed, removed, moved or slipped in without breaking what follows (ADR 0050).
 *
 * Another table is chained by two objects of its own migration: `sillage.forme_canonique(ligne <table>, forme smallint)`, and a
 * constraint trigger `execute function sillage.chainer('<NOM>')`, deferred. Its rows have `departement_id` and a uuid `id`.
 */
export class JournalEnchaine1763800000013 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table sillage.journal_chaine (
        departement_id text not null,
        chaine text not null,
        rang bigint not null check (rang > 0),
        journal_id uuid not null,
        forme smallint not null,
        precedente bytea not null check (octet_length(precedente) = 32),
        empreinte bytea not null check (octet_length(empreinte) = 32),
        primary key (departement_id, chaine, rang),
        unique (departement_id, chaine, journal_id)
      );

      -- Bound when created (RETURN), so that no search_path changes it; no text depends on the session's settings. What is written
      -- once stays: a column more is a form more, beside this one.
      create function sillage.forme_canonique(ligne sillage.journal, forme smallint) returns text language sql stable
      return case forme when 1 then jsonb_build_array(
        1, ligne.departement_id, ligne.id, to_char(ligne.le at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        ligne.acteur_type, ligne.acteur_id, ligne.requete_id, ligne.action, ligne.objet_type, ligne.objet_id,
        ligne.regles, ligne.details)::text end;

      create function sillage.empreinte_maillon(precedente bytea, contenu text) returns bytea language sql immutable
      return sha256(precedente || convert_to(contenu, 'UTF8'));

      -- What the first link of a chain follows: no chain can be given for another's.
      create function sillage.origine_chaine(departement_id text, chaine text) returns bytea language sql immutable
      return sha256(convert_to('sillage/' || departement_id || '/' || chaine, 'UTF8'));

      create function sillage.chainer() returns trigger language plpgsql set search_path = pg_catalog as $$
      declare
        nom text := tg_argv[0];
        dernier bigint;
        derniere bytea;
      begin
        -- One lock a tenant, whatever the chain: two chains taken in two orders would wait for each other.
        perform pg_advisory_xact_lock(hashtextextended(E'journal_chaine\\n' || new.departement_id, 0));
        select c.rang, c.empreinte into dernier, derniere from sillage.journal_chaine c
          where c.departement_id = new.departement_id and c.chaine = nom
          order by c.rang desc limit 1;
        if not found then
          dernier := 0;
          derniere := sillage.origine_chaine(new.departement_id, nom);
        end if;
        insert into sillage.journal_chaine (departement_id, chaine, rang, journal_id, forme, precedente, empreinte)
          values (new.departement_id, nom, dernier + 1, new.id, 1, derniere,
            sillage.empreinte_maillon(derniere, sillage.forme_canonique(new, 1::smallint)));
        return null;
      end $$;

      create function sillage.refuser_reecriture() returns trigger language plpgsql set search_path = pg_catalog as $$
      begin
        raise exception 'Le journal ne se modifie ni ne s’efface.' using errcode = 'SI001';
      end $$;

      create function sillage.refuser_hors_journal() returns trigger language plpgsql set search_path = pg_catalog as $$
      begin
        if pg_trigger_depth() < 2 then
          raise exception 'La chaîne du journal ne s’écrit que par le journal.' using errcode = 'SI001';
        end if;
        return null;
      end $$;
    `);
    await tableLocataire(q, 'sillage', 'journal_chaine', ['select', 'insert']);
    await chainerLExistant(q);
    await q.query(`
      create constraint trigger chainer after insert on sillage.journal deferrable initially deferred
        for each row execute function sillage.chainer('JOURNAL');
      create trigger par_le_journal before insert on sillage.journal_chaine
        for each statement execute function sillage.refuser_hors_journal();
      create trigger immuable before update or delete or truncate on sillage.journal_chaine
        for each statement execute function sillage.refuser_reecriture();
      create trigger immuable before update or delete or truncate on sillage.journal
        for each statement execute function sillage.refuser_reecriture();

      create index journal_liste on sillage.journal (departement_id, le, id);
      create index journal_acteur on sillage.journal (departement_id, acteur_id, le, id) where acteur_id is not null;
      create index journal_action on sillage.journal (departement_id, action, le, id);
      create index journal_requete on sillage.journal (departement_id, requete_id, le, id) where requete_id is not null;
      create index journal_type on sillage.journal (departement_id, objet_type, le, id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}

/** In the order of ids, one tenant after the other: row-level security binds the owner too. */
async function chainerLExistant(q: QueryRunner): Promise<void> {
  await q.query(`
    do $$
    declare
      departement text;
      ligne sillage.journal;
      derniere bytea;
      dernier bigint;
    begin
      for departement in select departement_id from referentiel.departement order by departement_id loop
        perform set_config('sillage.departement', departement, true);
        dernier := 0;
        derniere := sillage.origine_chaine(departement, 'JOURNAL');
        for ligne in select * from sillage.journal order by id loop
          insert into sillage.journal_chaine (departement_id, chaine, rang, journal_id, forme, precedente, empreinte)
            values (departement, 'JOURNAL', dernier + 1, ligne.id, 1, derniere,
              sillage.empreinte_maillon(derniere, sillage.forme_canonique(ligne, 1::smallint)))
            returning rang, empreinte into dernier, derniere;
        end loop;
      end loop;
      perform set_config('sillage.departement', '', true);
    end $$`);
}
