import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableLocataire } from '../rls.js';

/** Territories with their aliases (AMB-147), the dated table commune -> territoire (AMB-139), structures and services. */
export class TerritoiresStructures1763800000002 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table sillage.territoire (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        code text not null,
        libelle text not null,
        primary key (departement_id, id),
        unique (departement_id, code)
      );

      create table sillage.territoire_alias (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        territoire_id uuid not null,
        alias text not null,
        alias_normalise text not null,
        primary key (departement_id, id),
        unique (departement_id, alias_normalise),
        foreign key (departement_id, territoire_id) references sillage.territoire (departement_id, id)
      );

      create table sillage.commune_territoire (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        commune_code text not null,
        territoire_id uuid not null,
        du date not null,
        au date check (au >= du),
        statut text not null check (statut in ('PROPOSITION', 'CONFIRME')),
        source text not null,
        cree_le timestamptz not null,
        primary key (departement_id, id),
        foreign key (departement_id, territoire_id) references sillage.territoire (departement_id, id),
        constraint commune_territoire_sans_chevauchement
          exclude using gist (departement_id with =, commune_code with =, daterange(du, au, '[]') with &&)
      );
      create index commune_territoire_par_territoire on sillage.commune_territoire (departement_id, territoire_id);

      create table sillage.structure (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        raison_sociale text not null,
        nature text not null check (nature in ('ASSOCIATION', 'BAILLEUR', 'CLLAJ', 'MISSION_LOCALE', 'AUTRE')),
        siret text check (siret ~ '^[0-9]{14}$'),
        commune_code text,
        cree_le timestamptz not null,
        modifie_le timestamptz not null,
        primary key (departement_id, id),
        unique (departement_id, siret)
      );

      create table sillage.structure_territoire (
        departement_id text not null references referentiel.departement (departement_id),
        structure_id uuid not null,
        territoire_id uuid not null,
        primary key (departement_id, structure_id, territoire_id),
        foreign key (departement_id, structure_id) references sillage.structure (departement_id, id),
        foreign key (departement_id, territoire_id) references sillage.territoire (departement_id, id)
      );

      create table sillage.service (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        type text not null check (type in ('SIEGE', 'SLAI', 'SLISL', 'MDS', 'ASE')),
        libelle text not null,
        territoire_id uuid,
        primary key (departement_id, id),
        unique nulls not distinct (departement_id, type, territoire_id),
        foreign key (departement_id, territoire_id) references sillage.territoire (departement_id, id)
      );
    `);
    for (const table of ['territoire', 'territoire_alias', 'commune_territoire', 'structure', 'service']) {
      await tableLocataire(q, 'sillage', table);
    }
    await tableLocataire(q, 'sillage', 'structure_territoire', ['select', 'insert', 'update', 'delete']);
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
