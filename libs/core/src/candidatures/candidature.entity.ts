import type { Role, Temporal } from '@sillage/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { colonneInstant } from '../api/index.js';

/** From draft to convention (AMB-044: the porteur deposits, then validates; AMB-105: opinions, then the decision). */
export const ETATS_CANDIDATURE = {
  BROUILLON: 'En cours de saisie par le porteur',
  DEPOSEE: 'Déposée, à valider par le porteur avant la clôture',
  VALIDEE: 'Validée par le porteur, en instruction',
  RETENUE: 'Retenue par le Département',
  REJETEE: 'Rejetée par le Département',
  CONVENTIONNEE: 'Une convention a été préparée',
  ABANDONNEE: 'Abandonnée par le porteur',
} as const;
export type EtatCandidature = keyof typeof ETATS_CANDIDATURE;

@Entity({ schema: 'sillage', name: 'candidature' })
export class Candidature {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) numero!: string;
  @Column({ name: 'appel_id', type: 'uuid' }) appelId!: string;
  @Column({ type: 'text' }) dispositif!: string;
  @Column({ name: 'structure_id', type: 'uuid' }) structureId!: string;
  @Column({ type: 'text' }) etat!: EtatCandidature;
  /** The dispositif's fields in their stored form (amounts and dates are text). */
  @Column({ type: 'jsonb' }) champs!: Record<string, unknown>;
  /** Grows with every change: whoever saves says which one they saw. */
  @Column({ type: 'integer' }) version!: number;
  /** Reference in the département's own deposit software (AMB-166). */
  @Column({ name: 'reference_externe', type: 'text', nullable: true }) referenceExterne!: string | null;
  @Column({ name: 'cree_le', type: 'timestamptz', transformer: colonneInstant }) creeLe!: Temporal.Instant;
  @Column({ name: 'cree_par', type: 'uuid' }) creePar!: string;
  @Column({ name: 'modifie_le', type: 'timestamptz', transformer: colonneInstant }) modifieLe!: Temporal.Instant;
  @Column({ name: 'deposee_le', type: 'timestamptz', nullable: true, transformer: colonneInstant })
  deposeeLe!: Temporal.Instant | null;
  @Column({ name: 'validee_le', type: 'timestamptz', nullable: true, transformer: colonneInstant })
  valideeLe!: Temporal.Instant | null;
}

@Entity({ schema: 'sillage', name: 'candidature_territoire' })
export class CandidatureTerritoire {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ name: 'candidature_id', type: 'uuid' }) candidatureId!: string;
  @PrimaryColumn({ name: 'territoire_id', type: 'uuid' }) territoireId!: string;
}

export type SensAvis = 'FAVORABLE' | 'RESERVE' | 'DEFAVORABLE';

/** The opinion of a territorial service on one territory; it informs the decision and does not bind it. */
@Entity({ schema: 'sillage', name: 'candidature_avis' })
export class CandidatureAvis {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'candidature_id', type: 'uuid' }) candidatureId!: string;
  @Column({ name: 'territoire_id', type: 'uuid' }) territoireId!: string;
  @Column({ type: 'text' }) role!: Role;
  @Column({ type: 'text' }) sens!: SensAvis;
  @Column({ type: 'text' }) motif!: string;
  @Column({ name: 'rendu_le', type: 'timestamptz', transformer: colonneInstant }) renduLe!: Temporal.Instant;
  @Column({ name: 'rendu_par', type: 'uuid' }) renduPar!: string;
}

export type SensDecision = 'RETENUE' | 'REJETEE';

@Entity({ schema: 'sillage', name: 'candidature_decision' })
export class CandidatureDecision {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'candidature_id', type: 'uuid' }) candidatureId!: string;
  @Column({ type: 'text' }) sens!: SensDecision;
  @Column({ type: 'text' }) motif!: string;
  /** Rules whose borderline outcome was confirmed by name. */
  @Column({ type: 'text', array: true }) confirmations!: string[];
  /** What the porteur is told, as it was written then; null for the decisions that were taken before there was one. */
  @Column({ type: 'text', nullable: true }) notification!: string | null;
  @Column({ name: 'prise_le', type: 'timestamptz', transformer: colonneInstant }) priseLe!: Temporal.Instant;
  @Column({ name: 'prise_par', type: 'uuid' }) prisePar!: string;
}
