import type { Temporal } from '@sillage/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { colonneInstant } from '../api/colonnes.js';
import type { EnCours } from './activation.regles.js';

/** A dispositif is on, on one territory, from `du` until just before `au`. The database refuses overlaps. */
@Entity({ schema: 'sillage', name: 'activation' })
export class ActivationEntity {
  @PrimaryColumn({ name: 'departement_id', type: 'text' })
  departementId!: string;

  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  dispositif!: string;

  @Column({ name: 'territoire_id', type: 'uuid' })
  territoireId!: string;

  @Column({ type: 'timestamptz', transformer: colonneInstant })
  du!: Temporal.Instant;

  /** Null until further notice; equal to `du` for an activation that was called off before it began. */
  @Column({ type: 'timestamptz', nullable: true, transformer: colonneInstant })
  au!: Temporal.Instant | null;

  /** What becomes of the dossiers in flight once it has ended. */
  @Column({ name: 'en_cours', type: 'text' })
  enCours!: EnCours;

  @Column({ name: 'cree_le', type: 'timestamptz', transformer: colonneInstant })
  creeLe!: Temporal.Instant;

  @Column({ name: 'cree_par', type: 'uuid' })
  creePar!: string;

  @Column({ name: 'modifie_le', type: 'timestamptz', transformer: colonneInstant })
  modifieLe!: Temporal.Instant;
}
