import type { NatureDeFin } from '@sillage/dispositif-kit';
import type { DateCivile, Explication, Montant, Temporal } from '@sillage/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { colonneDate, colonneInstant, colonneMontant } from '../api/index.js';

export const ETATS_CONVENTION = {
  PROJET: 'Projet à signer',
  ABANDONNEE: 'Abandonnée avant d’être signée par les deux parties',
  SIGNEE: 'Signée par les deux parties',
  DENONCEE: 'Dénoncée : elle finit à une échéance annuelle',
  RESILIEE: 'Résiliée : elle finit avant son terme',
} as const;
export type EtatConvention = keyof typeof ETATS_CONVENTION;

/** Signed by both: until its last day, and for its bilan and its payments after it, what was signed holds however it ends. */
export const ETATS_SIGNES = ['SIGNEE', 'DENONCEE', 'RESILIEE'] as const satisfies readonly EtatConvention[];

export function estSignee(etat: string): boolean {
  return (ETATS_SIGNES as readonly string[]).includes(etat);
}

export const PARTIES = { PORTEUR: 'Le porteur', DEPARTEMENT: 'Le Département' } as const;
export type Partie = keyof typeof PARTIES;

@Entity({ schema: 'sillage', name: 'convention' })
export class Convention {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) numero!: string;
  @Column({ name: 'candidature_id', type: 'uuid' }) candidatureId!: string;
  @Column({ type: 'text' }) dispositif!: string;
  @Column({ name: 'structure_id', type: 'uuid' }) structureId!: string;
  @Column({ type: 'text' }) etat!: EtatConvention;
  @Column({ type: 'date', transformer: colonneDate }) du!: DateCivile;
  /** Last day, inclusive. */
  @Column({ type: 'date', transformer: colonneDate }) au!: DateCivile;
  @Column({ name: 'montant_centimes', type: 'bigint', transformer: colonneMontant }) montant!: Montant;
  /** The quantities that the dispositif declares, in their stored form. */
  @Column({ type: 'jsonb' }) termes!: Record<string, unknown>;
  /** How the cap was computed on the day of the project: it stays readable when parameters change. */
  @Column({ type: 'jsonb' }) plafond!: Explication;
  @Column({ name: 'cree_le', type: 'timestamptz', transformer: colonneInstant }) creeLe!: Temporal.Instant;
  @Column({ name: 'cree_par', type: 'uuid' }) creePar!: string;
  @Column({ name: 'modifie_le', type: 'timestamptz', transformer: colonneInstant }) modifieLe!: Temporal.Instant;
  /** Day of the last signature (AMB-097). */
  @Column({ name: 'signee_le', type: 'date', nullable: true, transformer: colonneDate }) signeeLe!: DateCivile | null;
}

@Entity({ schema: 'sillage', name: 'convention_territoire' })
export class ConventionTerritoire {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ name: 'convention_id', type: 'uuid' }) conventionId!: string;
  @PrimaryColumn({ name: 'territoire_id', type: 'uuid' }) territoireId!: string;
}

/** One party's signature; it is never changed. `qualite` is the signatory's capacity, not a name. */
@Entity({ schema: 'sillage', name: 'convention_signature' })
export class ConventionSignature {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'convention_id', type: 'uuid' }) conventionId!: string;
  @Column({ type: 'text' }) partie!: Partie;
  @Column({ name: 'signee_le', type: 'date', transformer: colonneDate }) signeeLe!: DateCivile;
  @Column({ type: 'text' }) qualite!: string;
  @Column({ name: 'saisie_le', type: 'timestamptz', transformer: colonneInstant }) saisieLe!: Temporal.Instant;
  @Column({ name: 'saisie_par', type: 'uuid' }) saisiePar!: string;
}

/** How a signed convention is brought to an end by one of its parties; it is never changed. */
@Entity({ schema: 'sillage', name: 'convention_fin' })
export class ConventionFin {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'convention_id', type: 'uuid' }) conventionId!: string;
  @Column({ type: 'text' }) nature!: NatureDeFin;
  /** The party that ends it. */
  @Column({ type: 'text' }) partie!: Partie;
  /** Day on which the registered letter was sent. */
  @Column({ name: 'envoyee_le', type: 'date', transformer: colonneDate }) envoyeeLe!: DateCivile;
  /** Last day of the convention, inclusive. */
  @Column({ name: 'effet_le', type: 'date', transformer: colonneDate }) effetLe!: DateCivile;
  /** What its last day was before. */
  @Column({ name: 'au_avant', type: 'date', transformer: colonneDate }) auAvant!: DateCivile;
  @Column({ type: 'text' }) motif!: string;
  /** How the earliest last day was found. */
  @Column({ type: 'jsonb' }) explication!: Explication;
  @Column({ name: 'prononcee_le', type: 'timestamptz', transformer: colonneInstant }) prononceeLe!: Temporal.Instant;
  @Column({ name: 'prononcee_par', type: 'uuid' }) prononceePar!: string;
}
