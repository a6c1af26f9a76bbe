import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableLocataire } from '../rls.js';

/** What is sent to the finance software, and what it answers, line by line: both only grow. */
export class Bordereaux1763800000009 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table sillage.bordereau (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        numero text not null,
        contenu text not null,
        empreinte text not null check (empreinte ~ '^[0-9a-f]{64}$'),
        emis_le timestamptz not null,
        emis_par uuid not null,
        primary key (departement_id, id),
        unique (departement_id, numero),
        foreign key (departement_id, emis_par) references sillage.utilisateur (departement_id, id)
      );
      create index bordereau_liste on sillage.bordereau (departement_id, emis_le desc, id desc);

      create table sillage.bordereau_ligne (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        bordereau_id uuid not null,
        versement_id uuid not null,
        sens text not null check (sens in ('A_PAYER', 'A_REVERSER')),
        montant_centimes bigint not null check (montant_centimes > 0),
        primary key (departement_id, id),
        unique (departement_id, bordereau_id, versement_id),
        foreign key (departement_id, bordereau_id) references sillage.bordereau (departement_id, id),
        foreign key (departement_id, versement_id) references sillage.versement (departement_id, id)
      );
      create index bordereau_ligne_versement on sillage.bordereau_ligne (departement_id, versement_id);

      create table sillage.bordereau_retour (
        departement_id text not null references referentiel.departement (departement_id),
        ligne_id uuid not null,
        resultat text not null check (resultat in ('PAYE', 'REJETE')),
        date date not null,
        motif text,
        importe_le timestamptz not null,
        importe_par uuid not null,
        primary key (departement_id, ligne_id),
        constraint bordereau_retour_motif check (resultat = 'PAYE' or coalesce(btrim(motif), '') <> ''),
        foreign key (departement_id, ligne_id) references sillage.bordereau_ligne (departement_id, id),
        foreign key (departement_id, importe_par) references sillage.utilisateur (departement_id, id)
      );
    `);
    for (const table of ['bordereau', 'bordereau_ligne', 'bordereau_retour']) {
      await tableLocataire(q, 'sillage', table, ['select', 'insert']);
    }
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
