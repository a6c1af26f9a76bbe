import type { DateCivile, Explication, Temporal } from '@sillage/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { colonneDate, colonneInstant } from '../api/colonnes.js';

export const ETATS_COTATION = {
  PREUVES: 'Le porteur rassemble ses preuves',
  SOUMISE: 'Preuves remises : les services notent',
  PROPOSEE: 'Notes proposées au porteur, qui peut les contester',
  CONTESTEE: 'Observations du porteur remises : le siège arrête les notes',
  DEFINITIVE: 'Notes arrêtées : le solde les prend',
} as const;
export type EtatCotation = keyof typeof ETATS_COTATION;

/** What a convention is scored on the grid of its dispositif (TRANS-14). One a convention; what it was is in `cotation_version`. */
@Entity({ schema: 'sillage', name: 'cotation' })
export class Cotation {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) numero!: string;
  @Column({ name: 'convention_id', type: 'uuid' }) conventionId!: string;
  @Column({ type: 'text' }) dispositif!: string;
  @Column({ name: 'structure_id', type: 'uuid' }) structureId!: string;
  /** Code of the grid's version, that of the day of the last signature. */
  @Column({ type: 'text' }) grille!: string;
  @Column({ type: 'text' }) etat!: EtatCotation;
  /** One more at each gesture. */
  @Column({ type: 'integer' }) version!: number;
  /** In whole points, once proposed. */
  @Column({ type: 'integer', nullable: true }) score!: number | null;
  @Column({ type: 'jsonb', nullable: true }) explication!: Explication | null;
  /** Why the siège changed scores, or reopened them. */
  @Column({ type: 'text', nullable: true }) motif!: string | null;
  @Column({ name: 'cree_le', type: 'timestamptz', transformer: colonneInstant }) creeLe!: Temporal.Instant;
  @Column({ name: 'modifie_le', type: 'timestamptz', transformer: colonneInstant }) modifieLe!: Temporal.Instant;
  @Column({ name: 'proposee_par', type: 'uuid', nullable: true }) proposeePar!: string | null;
  /** Last day, inclusive, on which the porteur may contradict. */
  @Column({ name: 'observations_jusqu_au', type: 'date', nullable: true, transformer: colonneDate })
  observationsJusquAu!: DateCivile | null;
  @Column({ name: 'arretee_le', type: 'timestamptz', nullable: true, transformer: colonneInstant })
  arreteeLe!: Temporal.Instant | null;
  @Column({ name: 'arretee_par', type: 'uuid', nullable: true }) arreteePar!: string | null;
}

/** An item of the grid for one convention: what the porteur shows, what the services give, what the porteur answers. */
@Entity({ schema: 'sillage', name: 'cotation_item' })
export class CotationItem {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'cotation_id', type: 'uuid' }) cotationId!: string;
  @Column({ type: 'text' }) item!: string;
  @Column({ type: 'text', nullable: true }) preuve!: string | null;
  @Column({ type: 'integer', nullable: true }) points!: number | null;
  @Column({ name: 'sous_points', type: 'jsonb', nullable: true }) sousPoints!: Record<string, number> | null;
  @Column({ type: 'text', nullable: true }) motif!: string | null;
  @Column({ type: 'text', nullable: true }) observation!: string | null;
}
