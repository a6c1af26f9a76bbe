import type { DateCivile, Temporal } from '@sillage/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { colonneDate, colonneInstant } from '../api/index.js';

/** What the Département asks to complete in a validated candidature, and what came: one at a time (AMB-107). */
@Entity({ schema: 'sillage', name: 'candidature_complement' })
export class CandidatureComplement {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'candidature_id', type: 'uuid' }) candidatureId!: string;
  /** Keys of the fields that may change, and no other. */
  @Column({ type: 'text', array: true }) champs!: string[];
  /** Those of the dispositif's fields that only some roles read: left out of `avant` and `apres` when these are shown. */
  @Column({ type: 'text', array: true }) reserves!: string[];
  @Column({ type: 'text', array: true }) pieces!: string[];
  @Column({ type: 'text' }) texte!: string;
  /** Last day to answer, inclusive. */
  @Column({ type: 'date', transformer: colonneDate }) echeance!: DateCivile;
  @Column({ name: 'demande_le', type: 'timestamptz', transformer: colonneInstant }) demandeLe!: Temporal.Instant;
  @Column({ name: 'demande_par', type: 'uuid' }) demandePar!: string;
  /** The asked fields, in their stored form, when they were asked for. */
  @Column({ type: 'jsonb' }) avant!: Record<string, unknown>;
  @Column({ name: 'rendu_le', type: 'timestamptz', nullable: true, transformer: colonneInstant })
  renduLe!: Temporal.Instant | null;
  @Column({ name: 'rendu_par', type: 'uuid', nullable: true }) renduPar!: string | null;
  @Column({ type: 'text', nullable: true }) reponse!: string | null;
  @Column({ type: 'jsonb', nullable: true }) apres!: Record<string, unknown> | null;
  @Column({ name: 'retire_le', type: 'timestamptz', nullable: true, transformer: colonneInstant })
  retireLe!: Temporal.Instant | null;
  @Column({ name: 'retire_par', type: 'uuid', nullable: true }) retirePar!: string | null;
  /** Why it is asked no more. */
  @Column({ name: 'motif_retrait', type: 'text', nullable: true }) motifRetrait!: string | null;
}
