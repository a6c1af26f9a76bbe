import { Column, Entity, PrimaryColumn } from 'typeorm';

export type EtatMessage = 'EN_ATTENTE' | 'TRAITE' | 'REFUSE' | 'ECHEC';

/** A job to be done, written in the transaction that caused it. `charge` holds ids only: what they point to is read when the job runs. */
@Entity({ schema: 'sillage', name: 'outbox' })
export class MessageOutbox {
  @PrimaryColumn({ name: 'departement_id', type: 'text' })
  departementId!: string;

  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  file!: string;

  @Column({ type: 'text' })
  nom!: string;

  @Column({ type: 'jsonb' })
  charge!: Record<string, unknown>;

  @Column({ type: 'text' })
  etat!: EtatMessage;

  @Column({ name: 'cree_le', type: 'timestamptz' })
  creeLe!: Date;

  /** Last time it was handed to the queue, which may have lost it since. */
  @Column({ name: 'publie_le', type: 'timestamptz', nullable: true })
  publieLe!: Date | null;

  @Column({ type: 'integer' })
  publications!: number;

  @Column({ type: 'integer' })
  tentatives!: number;

  @Column({ name: 'prochaine_tentative_le', type: 'timestamptz', nullable: true })
  prochaineTentativeLe!: Date | null;

  /** Set in the same transaction as the job's effect: the proof that it ran, once. */
  @Column({ name: 'traite_le', type: 'timestamptz', nullable: true })
  traiteLe!: Date | null;

  @Column({ type: 'jsonb', nullable: true })
  erreurs!: unknown;
}
