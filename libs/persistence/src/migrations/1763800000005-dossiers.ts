import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableLocataire } from '../rls.js';

/** A dossier from candidature to versement. The fields a dispositif declares live in `champs`, checked by its own schema. */
export class Dossiers1763800000005 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table sillage.candidature (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        numero text not null,
        appel_id uuid not null,
        dispositif text not null,
        structure_id uuid not null,
        etat text not null check (etat in
          ('BROUILLON', 'DEPOSEE', 'VALIDEE', 'RETENUE', 'REJETEE', 'CONVENTIONNEE', 'ABANDONNEE')),
        champs jsonb not null,
        version integer not null,
        reference_externe text,
        cree_le timestamptz not null,
        cree_par uuid not null,
        modifie_le timestamptz not null,
        deposee_le timestamptz,
        validee_le timestamptz,
        primary key (departement_id, id),
        unique (departement_id, numero),
        foreign key (departement_id, appel_id) references sillage.appel (departement_id, id),
        foreign key (departement_id, structure_id) references sillage.structure (departement_id, id),
        foreign key (departement_id, cree_par) references sillage.utilisateur (departement_id, id)
      );
      create index candidature_liste on sillage.candidature (departement_id, cree_le desc, id desc);
      create index candidature_structure on sillage.candidature (departement_id, structure_id);

      create table sillage.candidature_territoire (
        departement_id text not null references referentiel.departement (departement_id),
        candidature_id uuid not null,
        territoire_id uuid not null,
        primary key (departement_id, candidature_id, territoire_id),
        foreign key (departement_id, candidature_id) references sillage.candidature (departement_id, id),
        foreign key (departement_id, territoire_id) references sillage.territoire (departement_id, id)
      );

      create table sillage.candidature_avis (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        candidature_id uuid not null,
        territoire_id uuid not null,
        role text not null,
        sens text not null check (sens in ('FAVORABLE', 'RESERVE', 'DEFAVORABLE')),
        motif text not null,
        rendu_le timestamptz not null,
        rendu_par uuid not null,
        primary key (departement_id, id),
        unique (departement_id, candidature_id, territoire_id, role),
        foreign key (departement_id, candidature_id) references sillage.candidature (departement_id, id),
        foreign key (departement_id, territoire_id) references sillage.territoire (departement_id, id),
        foreign key (departement_id, rendu_par) references sillage.utilisateur (departement_id, id)
      );

      create table sillage.candidature_decision (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        candidature_id uuid not null,
        sens text not null check (sens in ('RETENUE', 'REJETEE')),
        motif text not null,
        confirmations text[] not null default '{}',
        prise_le timestamptz not null,
        prise_par uuid not null,
        primary key (departement_id, id),
        unique (departement_id, candidature_id),
        foreign key (departement_id, candidature_id) references sillage.candidature (departement_id, id),
        foreign key (departement_id, prise_par) references sillage.utilisateur (departement_id, id)
      );

      create table sillage.convention (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        numero text not null,
        candidature_id uuid not null,
        dispositif text not null,
        structure_id uuid not null,
        etat text not null check (etat in ('PROJET', 'SIGNEE')),
        du date not null,
        au date not null check (au >= du),
        montant_centimes bigint not null check (montant_centimes > 0),
        termes jsonb not null,
        plafond jsonb not null,
        cree_le timestamptz not null,
        cree_par uuid not null,
        modifie_le timestamptz not null,
        signee_le date,
        primary key (departement_id, id),
        unique (departement_id, numero),
        unique (departement_id, candidature_id),
        foreign key (departement_id, candidature_id) references sillage.candidature (departement_id, id),
        foreign key (departement_id, structure_id) references sillage.structure (departement_id, id),
        foreign key (departement_id, cree_par) references sillage.utilisateur (departement_id, id)
      );
      create index convention_liste on sillage.convention (departement_id, cree_le desc, id desc);
      create index convention_structure on sillage.convention (departement_id, structure_id);

      create table sillage.convention_territoire (
        departement_id text not null references referentiel.departement (departement_id),
        convention_id uuid not null,
        territoire_id uuid not null,
        primary key (departement_id, convention_id, territoire_id),
        foreign key (departement_id, convention_id) references sillage.convention (departement_id, id),
        foreign key (departement_id, territoire_id) references sillage.territoire (departement_id, id)
      );

      create table sillage.convention_signature (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        convention_id uuid not null,
        partie text not null check (partie in ('PORTEUR', 'DEPARTEMENT')),
        signee_le date not null,
        qualite text not null,
        saisie_le timestamptz not null,
        saisie_par uuid not null,
        primary key (departement_id, id),
        unique (departement_id, convention_id, partie),
        foreign key (departement_id, convention_id) references sillage.convention (departement_id, id),
        foreign key (departement_id, saisie_par) references sillage.utilisateur (departement_id, id)
      );

      create table sillage.versement (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        numero text not null,
        convention_id uuid not null,
        dispositif text not null,
        structure_id uuid not null,
        tranche text not null,
        montant_centimes bigint not null check (montant_centimes >= 0),
        explication jsonb not null,
        etat text not null check (etat in ('PROPOSE', 'VALIDE', 'REFUSE')),
        propose_le timestamptz not null,
        decide_le timestamptz,
        decide_par uuid,
        motif text,
        primary key (departement_id, id),
        unique (departement_id, numero),
        unique (departement_id, convention_id, tranche),
        foreign key (departement_id, convention_id) references sillage.convention (departement_id, id),
        foreign key (departement_id, structure_id) references sillage.structure (departement_id, id),
        foreign key (departement_id, decide_par) references sillage.utilisateur (departement_id, id)
      );
      create index versement_liste on sillage.versement (departement_id, propose_le desc, id desc);
    `);
    for (const table of ['candidature', 'candidature_avis', 'candidature_decision', 'convention']) {
      await tableLocataire(q, 'sillage', table);
    }
    await tableLocataire(q, 'sillage', 'candidature_territoire', ['select', 'insert', 'delete']);
    await tableLocataire(q, 'sillage', 'convention_territoire', ['select', 'insert']);
    await tableLocataire(q, 'sillage', 'convention_signature', ['select', 'insert']);
    await tableLocataire(q, 'sillage', 'versement');
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
