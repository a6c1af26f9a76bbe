import type { DateCivile, Temporal } from '@sillage/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { colonneDate, colonneInstant } from '../api/colonnes.js';

export const ETATS_SUIVI = {
  REMIS: 'Remis par le porteur, à confirmer par le service',
  A_COMPLETER: 'Renvoyé au porteur, à compléter',
  CONFIRME: 'Confirmé par le service',
} as const;
export type EtatSuivi = keyof typeof ETATS_SUIVI;

/** What a porteur says of a period of a convention: a committee, a monthly table (TRANS-23, TRANS-24). One a period. */
@Entity({ schema: 'sillage', name: 'suivi' })
export class Suivi {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) numero!: string;
  @Column({ name: 'convention_id', type: 'uuid' }) conventionId!: string;
  @Column({ type: 'text' }) dispositif!: string;
  @Column({ name: 'structure_id', type: 'uuid' }) structureId!: string;
  /** The dispositif and the name under which it declares the report, `modeleDe`. */
  @Column({ type: 'text' }) modele!: string;
  @Column({ type: 'integer' }) rang!: number;
  @Column({ type: 'date', transformer: colonneDate }) du!: DateCivile;
  @Column({ type: 'date', transformer: colonneDate }) au!: DateCivile;
  @Column({ type: 'date', transformer: colonneDate }) echeance!: DateCivile;
  @Column({ type: 'text' }) etat!: EtatSuivi;
  /** As the porteur declared them, in their stored form. */
  @Column({ type: 'jsonb' }) champs!: Record<string, unknown>;
  /** One more each time the porteur hands it in. */
  @Column({ type: 'integer' }) version!: number;
  /** Why it was sent back. */
  @Column({ type: 'text', nullable: true }) motif!: string | null;
  @Column({ name: 'cree_le', type: 'timestamptz', transformer: colonneInstant }) creeLe!: Temporal.Instant;
  @Column({ name: 'modifie_le', type: 'timestamptz', transformer: colonneInstant }) modifieLe!: Temporal.Instant;
  @Column({ name: 'remis_le', type: 'timestamptz', transformer: colonneInstant }) remisLe!: Temporal.Instant;
  @Column({ name: 'remis_par', type: 'uuid' }) remisPar!: string;
  @Column({ name: 'confirme_le', type: 'timestamptz', nullable: true, transformer: colonneInstant })
  confirmeLe!: Temporal.Instant | null;
  @Column({ name: 'confirme_par', type: 'uuid', nullable: true }) confirmePar!: string | null;
}

export function modeleDe(dispositif: string, nom: string): string {
  return `${dispositif}/${nom}`;
}
