import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableLocataire } from '../rls.js';

/**
 * Young people, how a structure accompanies them, and what was done (ASE-DATA-01, TRANS-16, TRANS-22). What one dispositif
 * alone asks for lives in `champs`, checked by its own schema. An acte repeats nothing of its accompagnement: it is reached
 * through it, by one index whose order is the one that people read, latest first.
 */
export class Accompagnements1763800000006 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table sillage.jeune (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        numero text not null,
        prenom text not null,
        nom text not null,
        date_naissance date not null,
        commune_code text,
        territoire_id uuid not null,
        cree_le timestamptz not null,
        cree_par uuid not null,
        modifie_le timestamptz not null,
        primary key (departement_id, id),
        unique (departement_id, numero),
        foreign key (departement_id, territoire_id) references sillage.territoire (departement_id, id),
        foreign key (departement_id, cree_par) references sillage.utilisateur (departement_id, id)
      );
      create index jeune_territoire on sillage.jeune (departement_id, territoire_id);

      create table sillage.jeune_statut (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        jeune_id uuid not null,
        statut text not null,
        valeur text not null,
        du date not null,
        au date check (au >= du),
        verifie_le date,
        saisi_le timestamptz not null,
        saisi_par uuid not null,
        primary key (departement_id, id),
        foreign key (departement_id, jeune_id) references sillage.jeune (departement_id, id),
        foreign key (departement_id, saisi_par) references sillage.utilisateur (departement_id, id),
        constraint jeune_statut_sans_chevauchement exclude using gist
          (departement_id with =, jeune_id with =, statut with =, daterange(du, au, '[]') with &&)
      );

      create table sillage.accompagnement (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        numero text not null,
        jeune_id uuid not null,
        structure_id uuid not null,
        territoire_id uuid not null,
        dispositif text not null,
        convention_id uuid,
        etat text not null check (etat in ('EN_ATTENTE', 'EN_COURS', 'TERMINE', 'ABANDONNE')),
        du date not null,
        au date check (au >= du),
        champs jsonb not null default '{}',
        cree_le timestamptz not null,
        cree_par uuid not null,
        modifie_le timestamptz not null,
        primary key (departement_id, id),
        unique (departement_id, numero),
        foreign key (departement_id, jeune_id) references sillage.jeune (departement_id, id),
        foreign key (departement_id, structure_id) references sillage.structure (departement_id, id),
        foreign key (departement_id, territoire_id) references sillage.territoire (departement_id, id),
        foreign key (departement_id, convention_id) references sillage.convention (departement_id, id),
        foreign key (departement_id, cree_par) references sillage.utilisateur (departement_id, id)
      );
      create index accompagnement_liste on sillage.accompagnement (departement_id, du desc, id desc);
      create index accompagnement_territoire
        on sillage.accompagnement (departement_id, territoire_id, etat, du desc, id desc);
      create index accompagnement_structure
        on sillage.accompagnement (departement_id, structure_id, territoire_id, etat, du desc, id desc);
      create index accompagnement_jeune on sillage.accompagnement (departement_id, jeune_id);
      create index accompagnement_convention on sillage.accompagnement (departement_id, convention_id);

      create table sillage.acte (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        accompagnement_id uuid not null,
        nature text not null check (nature in
          ('ENTRETIEN', 'ATELIER', 'APPEL', 'COURRIER', 'VISITE', 'ORIENTATION', 'BILAN')),
        date date not null,
        duree_minutes integer check (duree_minutes between 0 and 1440),
        lieu text,
        a_domicile boolean not null default false,
        exterieur boolean not null default false,
        collectif boolean not null default false,
        partenaire text,
        commentaire text,
        saisi_le timestamptz not null,
        saisi_par uuid not null,
        primary key (departement_id, id),
        foreign key (departement_id, accompagnement_id) references sillage.accompagnement (departement_id, id),
        foreign key (departement_id, saisi_par) references sillage.utilisateur (departement_id, id)
      );
      create index acte_recents on sillage.acte (departement_id, accompagnement_id, date desc, id desc) include (nature);
    `);
    for (const table of ['jeune', 'jeune_statut', 'accompagnement', 'acte']) await tableLocataire(q, 'sillage', table);
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
