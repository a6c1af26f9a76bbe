import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableLocataire } from '../rls.js';

/** What changes in a signed convention, from when, and what it was before. */
export class Avenants1763800000011 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table sillage.avenant (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        numero text not null,
        convention_id uuid not null,
        etat text not null check (etat in ('PROJET', 'SIGNE', 'ABANDONNE')),
        effet_le date not null,
        au date not null,
        montant_centimes bigint not null check (montant_centimes > 0),
        termes jsonb not null,
        champs jsonb not null,
        plafond jsonb not null,
        avant jsonb not null,
        motif text not null,
        cree_le timestamptz not null,
        cree_par uuid not null,
        signe_le date,
        primary key (departement_id, id),
        unique (departement_id, numero),
        constraint avenant_signe check ((etat = 'SIGNE') = (signe_le is not null)),
        foreign key (departement_id, convention_id) references sillage.convention (departement_id, id),
        foreign key (departement_id, cree_par) references sillage.utilisateur (departement_id, id)
      );
      create index avenant_convention on sillage.avenant (departement_id, convention_id, id);
      create unique index avenant_en_projet on sillage.avenant (departement_id, convention_id) where etat = 'PROJET';

      create table sillage.avenant_signature (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        avenant_id uuid not null,
        partie text not null check (partie in ('PORTEUR', 'DEPARTEMENT')),
        signee_le date not null,
        qualite text not null,
        saisie_le timestamptz not null,
        saisie_par uuid not null,
        primary key (departement_id, id),
        unique (departement_id, avenant_id, partie),
        foreign key (departement_id, avenant_id) references sillage.avenant (departement_id, id),
        foreign key (departement_id, saisie_par) references sillage.utilisateur (departement_id, id)
      );
    `);
    await tableLocataire(q, 'sillage', 'avenant', ['select', 'insert']);
    await q.query('grant update (etat, signe_le) on sillage.avenant to sillage_app');
    await tableLocataire(q, 'sillage', 'avenant_signature', ['select', 'insert']);
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
