import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableLocataire } from '../rls.js';

/** What was really done (the bilan), and the chain of a payment, from proposed to paid, one step a row. */
export class ServiceFait1763800000008 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table sillage.bilan (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        numero text not null,
        convention_id uuid not null,
        dispositif text not null,
        structure_id uuid not null,
        etat text not null check (etat in ('REMIS', 'A_COMPLETER', 'CONFIRME')),
        champs jsonb not null,
        retenus jsonb,
        version integer not null,
        motif text,
        cree_le timestamptz not null,
        modifie_le timestamptz not null,
        remis_le timestamptz not null,
        remis_par uuid not null,
        confirme_le timestamptz,
        confirme_par uuid,
        primary key (departement_id, id),
        unique (departement_id, numero),
        unique (departement_id, convention_id),
        constraint bilan_confirme check ((etat = 'CONFIRME') = (retenus is not null)
          and (etat = 'CONFIRME') = (confirme_le is not null) and (etat = 'CONFIRME') = (confirme_par is not null)),
        constraint bilan_deux_personnes check (confirme_par <> remis_par),
        foreign key (departement_id, convention_id) references sillage.convention (departement_id, id),
        foreign key (departement_id, structure_id) references sillage.structure (departement_id, id),
        foreign key (departement_id, remis_par) references sillage.utilisateur (departement_id, id),
        foreign key (departement_id, confirme_par) references sillage.utilisateur (departement_id, id)
      );
      create index bilan_liste on sillage.bilan (departement_id, cree_le desc, id desc);

      create table sillage.versement_etape (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        versement_id uuid not null,
        etape text not null check (etape in ('PROPOSITION', 'LIQUIDATION', 'ORDONNANCEMENT', 'PAIEMENT', 'REJET', 'REFUS')),
        motif text,
        franchie_le timestamptz not null,
        franchie_par uuid,
        primary key (departement_id, id),
        foreign key (departement_id, versement_id) references sillage.versement (departement_id, id),
        foreign key (departement_id, franchie_par) references sillage.utilisateur (departement_id, id)
      );
      create index versement_etape_versement on sillage.versement_etape (departement_id, versement_id, id);

      alter table sillage.versement drop constraint versement_etat_check;
      update sillage.versement set etat = 'LIQUIDE' where etat = 'VALIDE';
      alter table sillage.versement
        add constraint versement_etat_check check (etat in ('PROPOSE', 'LIQUIDE', 'ORDONNE', 'PAYE', 'REFUSE')),
        add column sens text not null default 'A_PAYER' check (sens in ('A_PAYER', 'A_REVERSER')),
        drop constraint versement_departement_id_convention_id_tranche_key,
        drop column decide_le,
        drop column decide_par,
        drop column motif;
      alter table sillage.versement alter column sens drop default;
      create unique index versement_tranche on sillage.versement (departement_id, convention_id, tranche) where etat <> 'REFUSE';
    `);
    // What was computed does not change: of a payment, only where it is in its chain.
    await q.query(`
      revoke update on sillage.versement from sillage_app;
      grant update (etat) on sillage.versement to sillage_app;
    `);
    await tableLocataire(q, 'sillage', 'bilan');
    await tableLocataire(q, 'sillage', 'versement_etape', ['select', 'insert']);
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
