import type { Temporal } from '@sillage/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { colonneInstant } from '../api/colonnes.js';

export const ETATS_BILAN = {
  REMIS: 'Remis par le porteur, à confirmer par le service',
  A_COMPLETER: 'Renvoyé au porteur, à compléter',
  CONFIRME: 'Service fait confirmé : le solde est calculé',
} as const;
export type EtatBilan = keyof typeof ETATS_BILAN;

/** Why what a bilan had made due is refused when it is reopened: nobody judged the payment. */
export const BILAN_ROUVERT = 'Bilan rouvert.';

/** What a porteur says was done under a convention, and what the service retained of it (TRANS-25). One a convention. */
@Entity({ schema: 'sillage', name: 'bilan' })
export class Bilan {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) numero!: string;
  @Column({ name: 'convention_id', type: 'uuid' }) conventionId!: string;
  @Column({ type: 'text' }) dispositif!: string;
  @Column({ name: 'structure_id', type: 'uuid' }) structureId!: string;
  @Column({ type: 'text' }) etat!: EtatBilan;
  /** As the porteur declared them, in their stored form. */
  @Column({ type: 'jsonb' }) champs!: Record<string, unknown>;
  /** As the service confirmed them; null before. */
  @Column({ type: 'jsonb', nullable: true }) retenus!: Record<string, unknown> | null;
  /** One more each time the porteur hands it in. */
  @Column({ type: 'integer' }) version!: number;
  /** Why it was sent back, or what the service changed. */
  @Column({ type: 'text', nullable: true }) motif!: string | null;
  @Column({ name: 'cree_le', type: 'timestamptz', transformer: colonneInstant }) creeLe!: Temporal.Instant;
  @Column({ name: 'modifie_le', type: 'timestamptz', transformer: colonneInstant }) modifieLe!: Temporal.Instant;
  @Column({ name: 'remis_le', type: 'timestamptz', transformer: colonneInstant }) remisLe!: Temporal.Instant;
  @Column({ name: 'remis_par', type: 'uuid' }) remisPar!: string;
  @Column({ name: 'confirme_le', type: 'timestamptz', nullable: true, transformer: colonneInstant })
  confirmeLe!: Temporal.Instant | null;
  @Column({ name: 'confirme_par', type: 'uuid', nullable: true }) confirmePar!: string | null;
}
