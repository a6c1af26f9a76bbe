import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A completion that is asked no more (AMB-107), what a candidature is told of its pieces (TRANS-27), and what proves that the letter that ends a
 * convention was sent and received (CONV-PIECE-05). A convention that ends soon is told too (AMB-033).
 */
export class ComplementsRetires1763800000031 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table sillage.candidature_complement
        add column retire_le timestamptz,
        add column retire_par uuid,
        add column motif_retrait text,
        add foreign key (departement_id, retire_par) references sillage.utilisateur (departement_id, id),
        add check ((retire_le is null) = (retire_par is null) and (retire_le is null) = (motif_retrait is null)),
        add constraint complement_rendu_ou_retire check (rendu_le is null or retire_le is null);

      drop index sillage.candidature_complement_ouvert;
      create unique index candidature_complement_ouvert
        on sillage.candidature_complement (departement_id, candidature_id) where rendu_le is null and retire_le is null;

      grant update (retire_le, retire_par, motif_retrait) on sillage.candidature_complement to sillage_app;

      alter table sillage.piece_ticket
        drop constraint piece_ticket_quand_check,
        add constraint piece_ticket_quand_check check (quand in ('DEPOT', 'CONVENTION', 'BILAN', 'FIN'));
      alter table sillage.piece
        drop constraint piece_quand_check,
        add constraint piece_quand_check check (quand in ('DEPOT', 'CONVENTION', 'BILAN', 'FIN'));

      alter table sillage.candidature_message
        drop constraint candidature_message_nature_check,
        add constraint candidature_message_nature_check check (nature in ('CLOTURE_PROCHE', 'COMPLEMENT_DEMANDE',
          'COMPLEMENT_RENDU', 'COMPLEMENT_RETIRE', 'DECISION', 'RECEPISSE', 'PIECE_MANQUANTE', 'FIN_PROCHE'));
    `);
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
