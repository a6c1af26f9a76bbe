import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableLocataire } from '../rls.js';

/** Work that takes long enough to be followed: how far it is, where it goes on from, and what it found. */
export class Taches1763800000010 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table sillage.tache (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        numero text not null,
        genre text not null check (genre in ('RECALCUL')),
        appel_id uuid not null,
        dispositif text not null,
        appliquer boolean not null,
        etat text not null check (etat in ('EN_COURS', 'TERMINEE')),
        total integer not null check (total >= 0),
        faites integer not null default 0 check (faites between 0 and total),
        suspendues integer not null default 0,
        curseur uuid,
        demandee_le timestamptz not null,
        demandee_par uuid not null,
        modifiee_le timestamptz not null,
        terminee_le timestamptz,
        primary key (departement_id, id),
        unique (departement_id, numero),
        foreign key (departement_id, appel_id) references sillage.appel (departement_id, id),
        foreign key (departement_id, demandee_par) references sillage.utilisateur (departement_id, id)
      );
      create index tache_liste on sillage.tache (departement_id, demandee_le desc, id desc);
      create unique index tache_en_cours on sillage.tache (departement_id, genre, appel_id) where etat = 'EN_COURS';

      create table sillage.tache_ecart (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        tache_id uuid not null,
        convention_id uuid not null,
        tranche text not null,
        action text not null check (action in ('PROPOSER', 'REMPLACER', 'REGULARISER', 'RETIRER')),
        actuel_centimes bigint not null,
        attendu_centimes bigint not null,
        refus text,
        primary key (departement_id, id),
        unique (departement_id, tache_id, convention_id, tranche),
        foreign key (departement_id, tache_id) references sillage.tache (departement_id, id),
        foreign key (departement_id, convention_id) references sillage.convention (departement_id, id)
      );
      create table sillage.tache_refus (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        tache_id uuid not null,
        convention_id uuid not null,
        code text not null,
        message text not null,
        regle text,
        primary key (departement_id, id),
        unique (departement_id, tache_id, convention_id),
        foreign key (departement_id, tache_id) references sillage.tache (departement_id, id),
        foreign key (departement_id, convention_id) references sillage.convention (departement_id, id)
      );
      create index convention_signee on sillage.convention (departement_id, dispositif, id) where etat = 'SIGNEE';
    `);
    await tableLocataire(q, 'sillage', 'tache');
    await tableLocataire(q, 'sillage', 'tache_ecart', ['select', 'insert']);
    await tableLocataire(q, 'sillage', 'tache_refus', ['select', 'insert']);
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
