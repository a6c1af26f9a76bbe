import type { DateCivile, Explication, Montant, Temporal } from '@sillage/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { colonneDate, colonneInstant, colonneMontant } from '../api/index.js';
import type { Partie } from './convention.entity.js';

export const ETATS_AVENANT = {
  PROJET: 'Projet à signer',
  SIGNE: 'Signé par les deux parties : il a pris effet',
  ABANDONNE: 'Abandonné avant d’être signé',
} as const;
export type EtatAvenant = keyof typeof ETATS_AVENANT;

/** What a convention said before an avenant, in its stored form. */
export interface AvantAvenant {
  readonly au: string;
  /** Euros. */
  readonly montant: string;
  readonly termes: Readonly<Record<string, unknown>>;
}

/** What becomes of a signed convention from a day on: its end, its amount, its terms, whole, changed or not. */
@Entity({ schema: 'sillage', name: 'avenant' })
export class Avenant {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) numero!: string;
  @Column({ name: 'convention_id', type: 'uuid' }) conventionId!: string;
  @Column({ type: 'text' }) etat!: EtatAvenant;
  @Column({ name: 'effet_le', type: 'date', transformer: colonneDate }) effetLe!: DateCivile;
  @Column({ type: 'date', transformer: colonneDate }) au!: DateCivile;
  @Column({ name: 'montant_centimes', type: 'bigint', transformer: colonneMontant }) montant!: Montant;
  @Column({ type: 'jsonb' }) termes!: Record<string, unknown>;
  /** Fields of the candidature that it replaces: the plan de financement, most often (AMB-178). */
  @Column({ type: 'jsonb' }) champs!: Record<string, unknown>;
  @Column({ type: 'jsonb' }) plafond!: Explication;
  @Column({ type: 'jsonb' }) avant!: AvantAvenant;
  @Column({ type: 'text' }) motif!: string;
  @Column({ name: 'cree_le', type: 'timestamptz', transformer: colonneInstant }) creeLe!: Temporal.Instant;
  @Column({ name: 'cree_par', type: 'uuid' }) creePar!: string;
  /** Day of the last signature. */
  @Column({ name: 'signe_le', type: 'date', nullable: true, transformer: colonneDate }) signeLe!: DateCivile | null;
}

@Entity({ schema: 'sillage', name: 'avenant_signature' })
export class AvenantSignature {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'avenant_id', type: 'uuid' }) avenantId!: string;
  @Column({ type: 'text' }) partie!: Partie;
  @Column({ name: 'signee_le', type: 'date', transformer: colonneDate }) signeeLe!: DateCivile;
  @Column({ type: 'text' }) qualite!: string;
  @Column({ name: 'saisie_le', type: 'timestamptz', transformer: colonneInstant }) saisieLe!: Temporal.Instant;
  @Column({ name: 'saisie_par', type: 'uuid' }) saisiePar!: string;
}
