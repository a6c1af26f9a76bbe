import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableLocataire } from '../rls.js';

/**
 * What candidates read of an appel, and from which earlier one it was made (TRANS-03); what a candidature is told (TRANS-21) and asked for
 * once it is deposited (AMB-107).
 */
export class VieDesAppels1763800000027 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table sillage.appel
        add column presentation text check (length(presentation) <= 20000),
        add column issu_de uuid check (issu_de <> id),
        add foreign key (departement_id, issu_de) references sillage.appel (departement_id, id);
      create index appel_issu_de on sillage.appel (departement_id, issu_de) where issu_de is not null;

      -- One of a kind and key: told once, however often it is looked at.
      create table sillage.candidature_message (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        candidature_id uuid not null,
        destinataire text not null check (destinataire in ('PORTEUR', 'DEPARTEMENT')),
        nature text not null check (nature in ('CLOTURE_PROCHE', 'COMPLEMENT_DEMANDE', 'COMPLEMENT_RENDU', 'DECISION')),
        cle text not null,
        texte text not null,
        regle text not null,
        ecrit_le timestamptz not null,
        primary key (departement_id, id),
        unique (departement_id, candidature_id, nature, cle),
        foreign key (departement_id, candidature_id) references sillage.candidature (departement_id, id)
      );

      -- What was asked, and what the asked fields were before and after: with these, every version since the deposit is known.
      create table sillage.candidature_complement (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        candidature_id uuid not null,
        champs text[] not null,
        reserves text[] not null,
        pieces text[] not null,
        texte text not null,
        echeance date not null,
        demande_le timestamptz not null,
        demande_par uuid not null,
        avant jsonb not null,
        rendu_le timestamptz,
        rendu_par uuid,
        reponse text,
        apres jsonb,
        primary key (departement_id, id),
        foreign key (departement_id, candidature_id) references sillage.candidature (departement_id, id),
        foreign key (departement_id, demande_par) references sillage.utilisateur (departement_id, id),
        foreign key (departement_id, rendu_par) references sillage.utilisateur (departement_id, id),
        check (cardinality(champs) + cardinality(pieces) > 0),
        check ((rendu_le is null) = (rendu_par is null) and (rendu_le is null) = (apres is null))
      );
      create index candidature_complement_dossier on sillage.candidature_complement (departement_id, candidature_id, id);
      create unique index candidature_complement_ouvert
        on sillage.candidature_complement (departement_id, candidature_id) where rendu_le is null;
    `);
    await tableLocataire(q, 'sillage', 'candidature_message', ['select', 'insert']);
    await tableLocataire(q, 'sillage', 'candidature_complement', ['select', 'insert']);
    await q.query(
      'grant update (rendu_le, rendu_par, reponse, apres) on sillage.candidature_complement to sillage_app',
    );
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
