import type { Explication, Montant, Temporal } from '@sillage/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { colonneInstant, colonneMontant } from '../api/index.js';

export const ETATS_VERSEMENT = {
  PROPOSE: 'Calculé, à liquider par le service',
  LIQUIDE: 'Liquidé : le service fait est constaté, le siège peut ordonnancer',
  ORDONNE: 'Ordonnancé par le siège, en attente du comptable',
  PAYE: 'Payé, ou reversé s’il s’agit d’un trop-perçu',
  REFUSE: 'Refusé : il ne sera pas payé',
} as const;
export type EtatVersement = keyof typeof ETATS_VERSEMENT;

export const SENS_VERSEMENT = {
  A_PAYER: 'Le Département paie le porteur',
  A_REVERSER: 'Trop-perçu : le porteur aurait à reverser, si le siège l’ordonne (AMB-098)',
} as const;
export type SensVersement = keyof typeof SENS_VERSEMENT;

/** One payment of a convention: there is at most one a tranche, those refused apart, by a unique index. */
@Entity({ schema: 'sillage', name: 'versement' })
export class Versement {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) numero!: string;
  @Column({ name: 'convention_id', type: 'uuid' }) conventionId!: string;
  @Column({ type: 'text' }) dispositif!: string;
  @Column({ name: 'structure_id', type: 'uuid' }) structureId!: string;
  @Column({ type: 'text' }) tranche!: string;
  @Column({ type: 'text' }) sens!: SensVersement;
  /** Zero or more, whichever way it goes. */
  @Column({ name: 'montant_centimes', type: 'bigint', transformer: colonneMontant }) montant!: Montant;
  /** What was computed, and why: kept as it was on the day. */
  @Column({ type: 'jsonb' }) explication!: Explication;
  @Column({ type: 'text' }) etat!: EtatVersement;
  @Column({ name: 'propose_le', type: 'timestamptz', transformer: colonneInstant }) proposeLe!: Temporal.Instant;
}

export const ETAPES_VERSEMENT = {
  PROPOSITION: 'Calculé par la plateforme',
  LIQUIDATION: 'Liquidé par le service',
  ORDONNANCEMENT: 'Ordonnancé par le siège',
  PAIEMENT: 'Payé par le comptable',
  REJET: 'Rejeté par le comptable',
  REFUS: 'Refusé',
} as const;
export type EtapeVersement = keyof typeof ETAPES_VERSEMENT;

/** What happened to a payment, and who did it: rows are added, never changed. */
@Entity({ schema: 'sillage', name: 'versement_etape' })
export class VersementEtape {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'versement_id', type: 'uuid' }) versementId!: string;
  @Column({ type: 'text' }) etape!: EtapeVersement;
  @Column({ type: 'text', nullable: true }) motif!: string | null;
  @Column({ name: 'franchie_le', type: 'timestamptz', transformer: colonneInstant }) franchieLe!: Temporal.Instant;
  /** Null for a job. */
  @Column({ name: 'franchie_par', type: 'uuid', nullable: true }) franchiePar!: string | null;
}
