import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableLocataire } from '../rls.js';

/** Users, known by (iss, sub), and what each may do: rights come from here, never from the token. */
export class Habilitations1763800000003 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table sillage.utilisateur (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        iss text not null,
        sub text not null,
        libelle text not null,
        cree_le timestamptz not null,
        primary key (departement_id, id),
        unique (departement_id, iss, sub)
      );

      create table sillage.habilitation (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        utilisateur_id uuid not null,
        role text not null,
        structure_id uuid,
        du date not null,
        au date check (au >= du),
        accordee_le timestamptz not null,
        accordee_par uuid,
        revoquee_le timestamptz,
        revoquee_par uuid,
        primary key (departement_id, id),
        foreign key (departement_id, utilisateur_id) references sillage.utilisateur (departement_id, id),
        foreign key (departement_id, structure_id) references sillage.structure (departement_id, id),
        foreign key (departement_id, accordee_par) references sillage.utilisateur (departement_id, id),
        foreign key (departement_id, revoquee_par) references sillage.utilisateur (departement_id, id)
      );
      create index habilitation_utilisateur on sillage.habilitation (departement_id, utilisateur_id);

      create table sillage.habilitation_territoire (
        departement_id text not null references referentiel.departement (departement_id),
        habilitation_id uuid not null,
        territoire_id uuid not null,
        primary key (departement_id, habilitation_id, territoire_id),
        foreign key (departement_id, habilitation_id) references sillage.habilitation (departement_id, id),
        foreign key (departement_id, territoire_id) references sillage.territoire (departement_id, id)
      );

      create table sillage.habilitation_dispositif (
        departement_id text not null references referentiel.departement (departement_id),
        habilitation_id uuid not null,
        dispositif text not null,
        primary key (departement_id, habilitation_id, dispositif),
        foreign key (departement_id, habilitation_id) references sillage.habilitation (departement_id, id)
      );
    `);
    for (const table of ['utilisateur', 'habilitation', 'habilitation_territoire', 'habilitation_dispositif']) {
      await tableLocataire(q, 'sillage', table);
    }
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
