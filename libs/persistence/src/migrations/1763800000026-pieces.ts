import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableLocataire } from '../rls.js';

/**
 * Supporting documents and the tickets that let one be sent (ADR 0060). The bytes are elsewhere, under `stockage`, sealed by `cle`. The table
 * itself refuses to release what nobody found sound: a scanner's word, or a person's where no scanner has spoken.
 */
export class Pieces1763800000026 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table sillage.piece_ticket (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        candidature_id uuid,
        convention_id uuid,
        quand text not null check (quand in ('DEPOT', 'CONVENTION', 'BILAN')),
        code text not null,
        nom bytea not null,
        type text not null,
        taille integer not null check (taille > 0),
        empreinte text not null check (empreinte ~ '^[0-9a-f]{64}$'),
        par uuid not null,
        cree_le timestamptz not null,
        expire_le timestamptz not null check (expire_le > cree_le),
        utilise_le timestamptz,
        primary key (departement_id, id),
        foreign key (departement_id, candidature_id) references sillage.candidature (departement_id, id),
        foreign key (departement_id, convention_id) references sillage.convention (departement_id, id),
        foreign key (departement_id, par) references sillage.utilisateur (departement_id, id),
        check ((quand = 'DEPOT') = (candidature_id is not null) and (candidature_id is null) = (convention_id is not null))
      );
      create index piece_ticket_par on sillage.piece_ticket (departement_id, par, expire_le);

      create table sillage.piece (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        candidature_id uuid,
        convention_id uuid,
        quand text not null check (quand in ('DEPOT', 'CONVENTION', 'BILAN')),
        code text not null,
        nom bytea not null,
        type text not null,
        taille integer not null check (taille > 0),
        empreinte text not null check (empreinte ~ '^[0-9a-f]{64}$'),
        stockage uuid not null,
        cle bytea not null,
        etat text not null check (etat in ('RECUE', 'NON_ANALYSEE', 'INFECTEE', 'LIBEREE', 'REFUSEE')),
        verdict text check (verdict in ('SAINE', 'INFECTEE', 'NON_ANALYSEE')),
        recue_le timestamptz not null,
        recue_par uuid not null,
        analysee_le timestamptz,
        decidee_le timestamptz,
        decidee_par uuid,
        motif text,
        remplacee_le timestamptz,
        primary key (departement_id, id),
        unique (departement_id, stockage),
        foreign key (departement_id, candidature_id) references sillage.candidature (departement_id, id),
        foreign key (departement_id, convention_id) references sillage.convention (departement_id, id),
        foreign key (departement_id, recue_par) references sillage.utilisateur (departement_id, id),
        foreign key (departement_id, decidee_par) references sillage.utilisateur (departement_id, id),
        check ((quand = 'DEPOT') = (candidature_id is not null) and (candidature_id is null) = (convention_id is not null)),
        check ((verdict is null) = (analysee_le is null)),
        check ((decidee_le is null) = (decidee_par is null) and (decidee_le is null) = (motif is null)),
        check (etat <> 'RECUE' or verdict is null),
        check (etat <> 'INFECTEE' or verdict = 'INFECTEE'),
        check (etat <> 'NON_ANALYSEE' or verdict = 'NON_ANALYSEE'),
        constraint rien_de_libere_sans_avis check (
          etat <> 'LIBEREE' or coalesce(verdict = 'SAINE' or (verdict = 'NON_ANALYSEE' and decidee_par is not null), false))
      );
      create index piece_candidature on sillage.piece (departement_id, candidature_id, id) where candidature_id is not null;
      create index piece_convention on sillage.piece (departement_id, convention_id, id) where convention_id is not null;
      create index piece_a_analyser on sillage.piece (departement_id, id) where etat = 'RECUE';
    `);
    await tableLocataire(q, 'sillage', 'piece_ticket', ['select', 'insert', 'update', 'delete']);
    await tableLocataire(q, 'sillage', 'piece');
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
