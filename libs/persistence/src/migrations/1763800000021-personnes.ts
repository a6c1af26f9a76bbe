import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableLocataire } from '../rls.js';

/**
 * How to reach a young person, and what is done of their rights (TRANS-30): what was corrected, what is limited, archived, erased, and
 * what the retention period proposes. Contact details and former values are sealed (ADR 0051) and, as names, for the gateway alone.
 */
export class Personnes1763800000021 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- Reserved: those who follow the dossier no longer see the person's name.
      alter table sillage.jeune
        add column limite_le timestamptz,
        add column limite_motif bytea,
        add column archive_le timestamptz,
        add column efface_le timestamptz,
        add column reserve boolean not null generated always as (limite_le is not null or archive_le is not null) stored;

      create table sillage.jeune_coordonnees (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        telephone bytea,
        courriel bytea,
        adresse bytea,
        representants bytea,
        modifie_le timestamptz not null,
        primary key (departement_id, id),
        foreign key (departement_id, id) references sillage.jeune (departement_id, id)
      );

      create table sillage.jeune_rectification (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        jeune_id uuid not null,
        champ text not null,
        ancienne bytea,
        motif bytea not null,
        le timestamptz not null,
        par uuid not null,
        primary key (departement_id, id),
        foreign key (departement_id, jeune_id) references sillage.jeune (departement_id, id),
        foreign key (departement_id, par) references sillage.utilisateur (departement_id, id)
      );
      create index jeune_rectification_jeune on sillage.jeune_rectification (departement_id, jeune_id, le desc, id desc);

      create table sillage.conservation_proposition (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        jeune_id uuid not null,
        nature text not null check (nature in ('ARCHIVER', 'EFFACER')),
        dernier_contact date not null,
        echeance date not null,
        parametres jsonb not null,
        proposee_le timestamptz not null,
        etat text not null check (etat in ('PROPOSEE', 'CONFIRMEE', 'ECARTEE')),
        decidee_le timestamptz,
        decidee_par uuid,
        motif bytea,
        bilan jsonb,
        primary key (departement_id, id),
        foreign key (departement_id, jeune_id) references sillage.jeune (departement_id, id),
        foreign key (departement_id, decidee_par) references sillage.utilisateur (departement_id, id),
        check ((etat = 'PROPOSEE') = (decidee_le is null) and (decidee_le is null) = (decidee_par is null))
      );
      create unique index conservation_proposition_ouverte
        on sillage.conservation_proposition (departement_id, jeune_id) where etat = 'PROPOSEE';
      create index conservation_proposition_liste on sillage.conservation_proposition (departement_id, etat, echeance, id);
      create index conservation_proposition_jeune on sillage.conservation_proposition (departement_id, jeune_id);
    `);
    const nominative = { nominative: true };
    await tableLocataire(q, 'sillage', 'jeune_coordonnees', ['select', 'insert', 'update', 'delete'], nominative);
    await tableLocataire(q, 'sillage', 'jeune_rectification', ['select', 'insert', 'update', 'delete'], nominative);
    await tableLocataire(q, 'sillage', 'conservation_proposition');
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
