import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableLocataire } from '../rls.js';

/**
 * The ledger. An écriture takes an amount from one account and puts it in another, so that none can be out of balance; the balances
 * follow by a trigger, and PostgreSQL refuses one below zero. Nothing is changed or removed: a correction is an écriture.
 */
export class Comptabilite1763800000007 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table sillage.enveloppe (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        numero text not null,
        appel_id uuid not null,
        dispositif text not null,
        limitative boolean not null,
        regle text not null,
        cree_le timestamptz not null,
        primary key (departement_id, id),
        unique (departement_id, numero),
        unique (departement_id, appel_id),
        foreign key (departement_id, appel_id) references sillage.appel (departement_id, id)
      );
      create index enveloppe_liste on sillage.enveloppe (departement_id, cree_le desc, id desc);

      create table sillage.ecriture (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        cle text not null check (cle <> ''),
        nature text not null,
        jour date not null,
        enveloppe_id uuid not null,
        convention_id uuid,
        versement_id uuid,
        de text not null,
        vers text not null,
        centimes bigint not null check (centimes > 0),
        auxiliaire uuid not null generated always as (coalesce(convention_id, enveloppe_id)) stored,
        corrige_id uuid,
        motif text,
        passee_le timestamptz not null,
        passee_par uuid,
        primary key (departement_id, id),
        unique (departement_id, cle),
        unique (departement_id, corrige_id),
        unique (departement_id, id, vers, de, centimes, enveloppe_id, auxiliaire),
        constraint ecriture_mouvement check (corrige_id is not null or (nature, de, vers) in (
          ('OUVERTURE', 'CREDITS', 'DISPONIBLE'),
          ('ENGAGEMENT', 'DISPONIBLE', 'ENGAGE'),
          ('DESENGAGEMENT', 'ENGAGE', 'DISPONIBLE'),
          ('LIQUIDATION', 'ENGAGE', 'LIQUIDE'),
          ('MANDATEMENT', 'LIQUIDE', 'MANDATE'),
          ('PAIEMENT', 'MANDATE', 'PAYE'),
          ('REJET', 'MANDATE', 'LIQUIDE'),
          ('TROP_PERCU', 'PAYE', 'A_REVERSER'),
          ('ORDRE_DE_REVERSEMENT', 'A_REVERSER', 'TITRE'),
          ('REVERSEMENT', 'TITRE', 'DISPONIBLE'),
          ('REJET_DE_REVERSEMENT', 'TITRE', 'A_REVERSER'))),
        constraint ecriture_objet check ((convention_id is null) = ('CREDITS' in (de, vers))),
        constraint ecriture_versement check ((versement_id is null) = (nature in ('OUVERTURE', 'ENGAGEMENT', 'DESENGAGEMENT'))
          or nature = 'CORRECTION'),
        constraint ecriture_correction check ((corrige_id is not null) = (nature = 'CORRECTION')
          and (corrige_id is null or coalesce(btrim(motif), '') <> '')),
        foreign key (departement_id, enveloppe_id) references sillage.enveloppe (departement_id, id),
        foreign key (departement_id, convention_id) references sillage.convention (departement_id, id),
        foreign key (departement_id, versement_id) references sillage.versement (departement_id, id),
        foreign key (departement_id, passee_par) references sillage.utilisateur (departement_id, id),
        constraint ecriture_contraire foreign key (departement_id, corrige_id, de, vers, centimes, enveloppe_id, auxiliaire)
          references sillage.ecriture (departement_id, id, vers, de, centimes, enveloppe_id, auxiliaire)
      );
      create index ecriture_enveloppe on sillage.ecriture (departement_id, enveloppe_id, id);
      create index ecriture_convention on sillage.ecriture (departement_id, convention_id, id);
      create index ecriture_versement on sillage.ecriture (departement_id, versement_id, id);

      create table sillage.solde (
        departement_id text not null references referentiel.departement (departement_id),
        enveloppe_id uuid not null,
        compte text not null,
        auxiliaire uuid not null,
        decouvert boolean not null,
        centimes bigint not null,
        primary key (departement_id, enveloppe_id, compte, auxiliaire),
        foreign key (departement_id, enveloppe_id) references sillage.enveloppe (departement_id, id),
        constraint solde_couvert check (decouvert or centimes >= 0)
      );

      create function sillage.reporter_ecriture() returns trigger language plpgsql set search_path = pg_catalog as $$
      declare
        limitative boolean := (select e.limitative from sillage.enveloppe e
          where e.departement_id = new.departement_id and e.id = new.enveloppe_id);
        mouvement record;
      begin
        for mouvement in
          select m.compte, m.effet,
              case when m.compte in ('CREDITS', 'DISPONIBLE') then new.enveloppe_id else new.convention_id end as auxiliaire,
              m.compte = 'CREDITS' or (m.compte = 'DISPONIBLE' and not limitative) as decouvert
            from (values (new.de, - new.centimes), (new.vers, new.centimes)) m (compte, effet)
            -- The same order for everybody: two writers may wait, but never for each other.
            order by array_position(array['CREDITS', 'DISPONIBLE', 'ENGAGE', 'LIQUIDE', 'MANDATE', 'PAYE', 'A_REVERSER', 'TITRE'],
              m.compte)
        loop
          update sillage.solde s set centimes = s.centimes + mouvement.effet
            where s.departement_id = new.departement_id and s.enveloppe_id = new.enveloppe_id
              and s.compte = mouvement.compte and s.auxiliaire = mouvement.auxiliaire;
          if not found then
            insert into sillage.solde (departement_id, enveloppe_id, compte, auxiliaire, decouvert, centimes)
              values (new.departement_id, new.enveloppe_id, mouvement.compte, mouvement.auxiliaire, mouvement.decouvert, mouvement.effet)
              on conflict (departement_id, enveloppe_id, compte, auxiliaire) do update
                set centimes = solde.centimes + excluded.centimes;
          end if;
        end loop;
        return null;
      end $$;

      create function sillage.refuser_changement() returns trigger language plpgsql set search_path = pg_catalog as $$
      begin
        raise exception 'Le grand livre ne se modifie ni ne s’efface : passez une écriture qui corrige.' using errcode = 'SI001';
      end $$;

      create function sillage.refuser_hors_ecriture() returns trigger language plpgsql set search_path = pg_catalog as $$
      begin
        if pg_trigger_depth() < 2 then
          raise exception 'Un solde ne change que par une écriture.' using errcode = 'SI001';
        end if;
        return new;
      end $$;

      create trigger reporter after insert on sillage.ecriture for each row execute function sillage.reporter_ecriture();
      create trigger immuable before update or delete or truncate on sillage.ecriture
        for each statement execute function sillage.refuser_changement();
      create trigger par_ecriture before insert or update on sillage.solde
        for each row execute function sillage.refuser_hors_ecriture();
      create trigger immuable before delete or truncate on sillage.solde
        for each statement execute function sillage.refuser_changement();
    `);
    await tableLocataire(q, 'sillage', 'enveloppe', ['select', 'insert']);
    await tableLocataire(q, 'sillage', 'ecriture', ['select', 'insert']);
    await tableLocataire(q, 'sillage', 'solde', ['select', 'insert', 'update']);
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
