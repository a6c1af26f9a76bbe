import type { Explication, Montant, Temporal } from '@sillage/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { colonneInstant, colonneMontant } from '../api/index.js';

export const ETATS_VERSEMENT = {
  PROPOSE: 'Calculé, à valider par le siège',
  VALIDE: 'Validé par le siège',
  REFUSE: 'Refusé par le siège',
} as const;
export type EtatVersement = keyof typeof ETATS_VERSEMENT;

/** One payment of a convention: there is at most one a tranche, by a unique constraint. */
@Entity({ schema: 'sillage', name: 'versement' })
export class Versement {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) numero!: string;
  @Column({ name: 'convention_id', type: 'uuid' }) conventionId!: string;
  @Column({ type: 'text' }) dispositif!: string;
  @Column({ name: 'structure_id', type: 'uuid' }) structureId!: string;
  @Column({ type: 'text' }) tranche!: string;
  @Column({ name: 'montant_centimes', type: 'bigint', transformer: colonneMontant }) montant!: Montant;
  /** What was computed, and why: kept as it was on the day. */
  @Column({ type: 'jsonb' }) explication!: Explication;
  @Column({ type: 'text' }) etat!: EtatVersement;
  @Column({ name: 'propose_le', type: 'timestamptz', transformer: colonneInstant }) proposeLe!: Temporal.Instant;
  @Column({ name: 'decide_le', type: 'timestamptz', nullable: true, transformer: colonneInstant })
  decideLe!: Temporal.Instant | null;
  @Column({ name: 'decide_par', type: 'uuid', nullable: true }) decidePar!: string | null;
  @Column({ type: 'text', nullable: true }) motif!: string | null;
}
