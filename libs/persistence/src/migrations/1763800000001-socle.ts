import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableLocataire } from '../rls.js';

/**
 * National reference data, the outbox, the journal and the counters: what every capability stands on.
 * The schemas `sillage`, `referentiel` and `file` and the three roles exist already (see `roles-postgres.ts`).
 */
export class Socle1763800000001 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table referentiel.departement (
        departement_id text primary key,
        nom text not null
      );
      create table referentiel.epci (
        siren text primary key,
        nom text not null,
        millesime integer not null
      );
      create table referentiel.commune (
        code text primary key,
        nom text not null,
        departement_code text not null,
        epci_siren text references referentiel.epci (siren),
        millesime integer not null
      );
      create index commune_departement on referentiel.commune (departement_code, nom);
      grant select on all tables in schema referentiel to sillage_app;
    `);

    await q.query(`
      create table sillage.outbox (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        file text not null,
        nom text not null,
        charge jsonb not null,
        etat text not null default 'EN_ATTENTE' check (etat in ('EN_ATTENTE', 'TRAITE', 'REFUSE', 'ECHEC')),
        cree_le timestamptz not null default clock_timestamp(),
        publie_le timestamptz,
        publications integer not null default 0,
        tentatives integer not null default 0,
        prochaine_tentative_le timestamptz,
        traite_le timestamptz,
        erreurs jsonb,
        primary key (departement_id, id)
      );
      create index outbox_a_publier on sillage.outbox (departement_id, cree_le) where etat = 'EN_ATTENTE';
      create index outbox_reprise on sillage.outbox (departement_id, etat, nom) where etat in ('REFUSE', 'ECHEC');

      create table sillage.journal (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        le timestamptz not null,
        acteur_type text not null check (acteur_type in ('UTILISATEUR', 'JOB', 'SYSTEME')),
        acteur_id uuid,
        requete_id text,
        action text not null,
        objet_type text not null,
        objet_id uuid not null,
        regles text[] not null default '{}',
        details jsonb not null default '{}',
        primary key (departement_id, id)
      );
      create index journal_objet on sillage.journal (departement_id, objet_type, objet_id, id);

      create table sillage.compteur (
        departement_id text not null references referentiel.departement (departement_id),
        cle text not null,
        valeur bigint not null,
        primary key (departement_id, cle)
      );

      create table sillage.idempotence (
        departement_id text not null references referentiel.departement (departement_id),
        acteur text not null,
        mutation text not null,
        cle text not null,
        empreinte text not null,
        objet_id uuid not null,
        cree_le timestamptz not null default clock_timestamp(),
        primary key (departement_id, acteur, mutation, cle)
      );
    `);
    await tableLocataire(q, 'sillage', 'outbox');
    await tableLocataire(q, 'sillage', 'journal', ['select', 'insert']);
    await tableLocataire(q, 'sillage', 'compteur');
    await tableLocataire(q, 'sillage', 'idempotence', ['select', 'insert']);
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
