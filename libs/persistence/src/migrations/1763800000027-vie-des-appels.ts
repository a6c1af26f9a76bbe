import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableLocataire } from '../rls.js';

/**
 * What candidates read of an appel, and from which earlier one it was made (TRANS-03); what a candidature is told (TRANS-21) and asked for
 * once it is deposited (AMB-107); and what comes from the département's own deposit software (AMB-166).
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

      -- What the porteur is told of the decision, as it was written then.
      alter table sillage.candidature_decision add column notification text;

      create table sillage.candidature_importation (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        appel_id uuid not null,
        dispositif text not null,
        colonnes_ignorees text[] not null,
        importee_le timestamptz not null,
        importee_par uuid not null,
        primary key (departement_id, id),
        foreign key (departement_id, appel_id) references sillage.appel (departement_id, id),
        foreign key (departement_id, importee_par) references sillage.utilisateur (departement_id, id)
      );

      -- One for each row of the file, or for each fault of a row that is refused.
      create table sillage.candidature_importation_ligne (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        importation_id uuid not null,
        ligne integer not null check (ligne > 0),
        reference text,
        resultat text not null check (resultat in ('IMPORTEE', 'MISE_A_JOUR', 'DEJA_IMPORTEE', 'REFUSEE')),
        candidature_id uuid,
        colonne text,
        code text,
        message text,
        regle text,
        primary key (departement_id, id),
        foreign key (departement_id, importation_id) references sillage.candidature_importation (departement_id, id),
        foreign key (departement_id, candidature_id) references sillage.candidature (departement_id, id),
        check ((resultat = 'REFUSEE') = (code is not null) and (code is null) = (message is null))
      );
      create index candidature_importation_ligne_de
        on sillage.candidature_importation_ligne (departement_id, importation_id, id);
      create index candidature_importation_ligne_dossier
        on sillage.candidature_importation_ligne (departement_id, candidature_id);

      -- The natural key: one candidature a reference and appel, whatever is sent again.
      create table sillage.candidature_importee (
        departement_id text not null references referentiel.departement (departement_id),
        appel_id uuid not null,
        reference text not null check (length(reference) between 1 and 200),
        candidature_id uuid not null,
        empreinte text not null,
        version integer not null,
        primary key (departement_id, appel_id, reference),
        unique (departement_id, candidature_id),
        foreign key (departement_id, appel_id) references sillage.appel (departement_id, id),
        foreign key (departement_id, candidature_id) references sillage.candidature (departement_id, id)
      );
    `);
    await tableLocataire(q, 'sillage', 'candidature_message', ['select', 'insert']);
    await tableLocataire(q, 'sillage', 'candidature_complement', ['select', 'insert']);
    for (const table of ['candidature_importation', 'candidature_importation_ligne', 'candidature_importee']) {
      await tableLocataire(q, 'sillage', table, ['select', 'insert']);
    }
    await q.query('grant update (empreinte, version) on sillage.candidature_importee to sillage_app');
    await q.query(
      'grant update (rendu_le, rendu_par, reponse, apres) on sillage.candidature_complement to sillage_app',
    );
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
