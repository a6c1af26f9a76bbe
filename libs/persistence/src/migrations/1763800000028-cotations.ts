import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableLocataire } from '../rls.js';

/** What conventions are scored on a grid (TRANS-14): evidence, scores, observations item by item, and what they were at each gesture. */
export class Cotations1763800000028 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table sillage.cotation (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        numero text not null,
        convention_id uuid not null,
        dispositif text not null,
        structure_id uuid not null,
        grille text not null,
        etat text not null check (etat in ('PREUVES', 'SOUMISE', 'PROPOSEE', 'CONTESTEE', 'DEFINITIVE')),
        version integer not null,
        score integer check (score >= 0),
        explication jsonb,
        motif text,
        cree_le timestamptz not null,
        modifie_le timestamptz not null,
        proposee_par uuid,
        observations_jusqu_au date,
        arretee_le timestamptz,
        arretee_par uuid,
        primary key (departement_id, id),
        unique (departement_id, numero),
        unique (departement_id, convention_id),
        constraint cotation_proposee check ((etat in ('PROPOSEE', 'CONTESTEE', 'DEFINITIVE')) = (score is not null)
          and (score is null) = (explication is null) and (score is null) = (proposee_par is null)
          and (score is null) = (observations_jusqu_au is null)),
        constraint cotation_arretee check ((etat = 'DEFINITIVE') = (arretee_le is not null)
          and (etat = 'DEFINITIVE') = (arretee_par is not null)),
        constraint cotation_deux_personnes check (arretee_par <> proposee_par),
        foreign key (departement_id, convention_id) references sillage.convention (departement_id, id),
        foreign key (departement_id, structure_id) references sillage.structure (departement_id, id),
        foreign key (departement_id, proposee_par) references sillage.utilisateur (departement_id, id),
        foreign key (departement_id, arretee_par) references sillage.utilisateur (departement_id, id)
      );
      create index cotation_liste on sillage.cotation (departement_id, cree_le desc, id desc);

      create table sillage.cotation_item (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        cotation_id uuid not null,
        item text not null,
        preuve text,
        points integer check (points >= 0),
        sous_points jsonb,
        motif text,
        observation text,
        primary key (departement_id, id),
        unique (departement_id, cotation_id, item),
        foreign key (departement_id, cotation_id) references sillage.cotation (departement_id, id)
      );
      create index cotation_item_liste on sillage.cotation_item (departement_id, cotation_id, id);

      create table sillage.cotation_version (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        cotation_id uuid not null,
        version integer not null,
        geste text not null
          check (geste in ('RENSEIGNER', 'SOUMETTRE', 'NOTER', 'PROPOSER', 'OBSERVER', 'ARRETER', 'ROUVRIR')),
        etat text not null check (etat in ('PREUVES', 'SOUMISE', 'PROPOSEE', 'CONTESTEE', 'DEFINITIVE')),
        score integer,
        items jsonb not null,
        le timestamptz not null,
        par uuid not null,
        primary key (departement_id, id),
        unique (departement_id, cotation_id, version),
        foreign key (departement_id, cotation_id) references sillage.cotation (departement_id, id),
        foreign key (departement_id, par) references sillage.utilisateur (departement_id, id)
      );
      create index cotation_version_liste on sillage.cotation_version (departement_id, cotation_id, id desc);
    `);
    await tableLocataire(q, 'sillage', 'cotation', ['select', 'insert', 'update']);
    await tableLocataire(q, 'sillage', 'cotation_item', ['select', 'insert', 'update']);
    await tableLocataire(q, 'sillage', 'cotation_version', ['select', 'insert']);
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
