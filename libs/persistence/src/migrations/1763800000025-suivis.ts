import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableLocataire } from '../rls.js';

/** Intermediate reports: one for each period of a convention, handed in by the porteur, confirmed by another person. */
export class Suivis1763800000025 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table sillage.suivi (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        numero text not null,
        convention_id uuid not null,
        dispositif text not null,
        structure_id uuid not null,
        modele text not null check (starts_with(modele, dispositif || '/')),
        rang integer not null check (rang > 0),
        du date not null,
        au date not null check (au >= du),
        echeance date not null,
        etat text not null check (etat in ('REMIS', 'A_COMPLETER', 'CONFIRME')),
        champs jsonb not null,
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
        unique (departement_id, convention_id, modele, rang),
        constraint suivi_confirme check (
          (etat = 'CONFIRME') = (confirme_le is not null) and (etat = 'CONFIRME') = (confirme_par is not null)),
        constraint suivi_deux_personnes check (confirme_par <> remis_par),
        foreign key (departement_id, convention_id) references sillage.convention (departement_id, id),
        foreign key (departement_id, structure_id) references sillage.structure (departement_id, id),
        foreign key (departement_id, remis_par) references sillage.utilisateur (departement_id, id),
        foreign key (departement_id, confirme_par) references sillage.utilisateur (departement_id, id)
      );
      create index suivi_liste on sillage.suivi (departement_id, cree_le desc, id desc);
    `);
    await tableLocataire(q, 'sillage', 'suivi');
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
