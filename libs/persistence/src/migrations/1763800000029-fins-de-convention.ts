import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableLocataire } from '../rls.js';

/** A convention may be given up before it is signed, denounced for a yearly term, or terminated for a fault (CONV-WF-01). */
export class FinsDeConvention1763800000029 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table sillage.convention
        drop constraint convention_etat_check,
        add constraint convention_etat_check
          check (etat in ('PROJET', 'ABANDONNEE', 'SIGNEE', 'DENONCEE', 'RESILIEE')),
        drop constraint convention_departement_id_candidature_id_key;

      -- What was given up leaves room for another.
      create unique index convention_vivante on sillage.convention (departement_id, candidature_id)
       where etat <> 'ABANDONNEE';

      drop index sillage.convention_signee;
      create index convention_signee on sillage.convention (departement_id, dispositif, id)
       where etat in ('SIGNEE', 'DENONCEE', 'RESILIEE');

      -- By which letter a convention ends, and when it would have ended without.
      create table sillage.convention_fin (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        convention_id uuid not null,
        nature text not null check (nature in ('DENONCIATION', 'RESILIATION')),
        partie text not null check (partie in ('PORTEUR', 'DEPARTEMENT')),
        envoyee_le date not null,
        effet_le date not null check (effet_le >= envoyee_le),
        au_avant date not null check (au_avant >= effet_le),
        motif text not null,
        explication jsonb not null,
        prononcee_le timestamptz not null,
        prononcee_par uuid not null,
        primary key (departement_id, id),
        unique (departement_id, convention_id, nature),
        foreign key (departement_id, convention_id) references sillage.convention (departement_id, id),
        foreign key (departement_id, prononcee_par) references sillage.utilisateur (departement_id, id)
      );
    `);
    await tableLocataire(q, 'sillage', 'convention_fin', ['select', 'insert']);
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
