import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableLocataire } from '../rls.js';

/** Activation by territory and period, appels à projets, and overrides of dated parameters (regles.md, section 13). */
export class Dispositifs1763800000004 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table sillage.activation (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        dispositif text not null,
        territoire_id uuid not null,
        du timestamptz not null,
        au timestamptz check (au >= du),
        en_cours text not null default 'TERMINER' check (en_cours in ('TERMINER', 'SUSPENDRE')),
        cree_le timestamptz not null,
        cree_par uuid not null,
        modifie_le timestamptz not null,
        primary key (departement_id, id),
        foreign key (departement_id, territoire_id) references sillage.territoire (departement_id, id),
        foreign key (departement_id, cree_par) references sillage.utilisateur (departement_id, id),
        constraint activation_sans_chevauchement exclude using gist
          (departement_id with =, dispositif with =, territoire_id with =, tstzrange(du, au) with &&)
      );

      create table sillage.appel (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        dispositif text not null,
        code text not null,
        libelle text not null,
        ouverture date not null,
        cloture date not null check (cloture >= ouverture),
        etat text not null check (etat in ('BROUILLON', 'PUBLIE')),
        cree_le timestamptz not null,
        modifie_le timestamptz not null,
        publie_le timestamptz,
        primary key (departement_id, id),
        unique (departement_id, code)
      );

      create table sillage.appel_territoire (
        departement_id text not null references referentiel.departement (departement_id),
        appel_id uuid not null,
        territoire_id uuid not null,
        primary key (departement_id, appel_id, territoire_id),
        foreign key (departement_id, appel_id) references sillage.appel (departement_id, id),
        foreign key (departement_id, territoire_id) references sillage.territoire (departement_id, id)
      );

      create table sillage.parametre_surcharge (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        dispositif text not null,
        cle text not null,
        portee text not null check (portee in ('APPEL', 'TERRITOIRE', 'CONVENTION', 'ANNEXE')),
        portee_id uuid not null,
        du date not null,
        au date check (au >= du),
        valeur jsonb not null,
        motif text not null,
        decide_par uuid not null,
        decide_le timestamptz not null,
        annulee_le timestamptz,
        annulee_par uuid,
        primary key (departement_id, id),
        foreign key (departement_id, decide_par) references sillage.utilisateur (departement_id, id),
        foreign key (departement_id, annulee_par) references sillage.utilisateur (departement_id, id),
        constraint parametre_sans_chevauchement exclude using gist
          (departement_id with =, dispositif with =, cle with =, portee with =, portee_id with =,
           daterange(du, au, '[]') with &&) where (annulee_le is null)
      );
    `);
    await tableLocataire(q, 'sillage', 'activation');
    await tableLocataire(q, 'sillage', 'appel');
    await tableLocataire(q, 'sillage', 'appel_territoire', ['select', 'insert', 'delete']);
    await tableLocataire(q, 'sillage', 'parametre_surcharge');
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
