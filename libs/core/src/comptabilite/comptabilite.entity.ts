import type { DateCivile, Montant, Temporal } from '@sillage/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { colonneDate, colonneInstant, colonneMontant } from '../api/index.js';
import type { Compte, NatureEcriture } from './compte.js';

/** The credits of an appel à projets. `limitative`: no more is committed than was opened (TRANS-10). */
@Entity({ schema: 'sillage', name: 'enveloppe' })
export class Enveloppe {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) numero!: string;
  @Column({ name: 'appel_id', type: 'uuid' }) appelId!: string;
  @Column({ type: 'text' }) dispositif!: string;
  @Column({ type: 'boolean' }) limitative!: boolean;
  /** The rule that limits it, or that says that nothing does. */
  @Column({ type: 'text' }) regle!: string;
  @Column({ name: 'cree_le', type: 'timestamptz', transformer: colonneInstant }) creeLe!: Temporal.Instant;
}

/** One line of the ledger: never changed, never removed. `cle` is what it is about, so that nothing is written twice. */
@Entity({ schema: 'sillage', name: 'ecriture' })
export class EcritureComptable {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) cle!: string;
  @Column({ type: 'text' }) nature!: NatureEcriture;
  /** Civil day on which it was written. */
  @Column({ type: 'date', transformer: colonneDate }) jour!: DateCivile;
  @Column({ name: 'enveloppe_id', type: 'uuid' }) enveloppeId!: string;
  @Column({ name: 'convention_id', type: 'uuid', nullable: true }) conventionId!: string | null;
  @Column({ name: 'versement_id', type: 'uuid', nullable: true }) versementId!: string | null;
  @Column({ type: 'text' }) de!: Compte;
  @Column({ type: 'text' }) vers!: Compte;
  @Column({ name: 'centimes', type: 'bigint', transformer: colonneMontant }) montant!: Montant;
  @Column({ name: 'corrige_id', type: 'uuid', nullable: true }) corrigeId!: string | null;
  @Column({ type: 'text', nullable: true }) motif!: string | null;
  @Column({ name: 'passee_le', type: 'timestamptz', transformer: colonneInstant }) passeeLe!: Temporal.Instant;
  @Column({ name: 'passee_par', type: 'uuid', nullable: true }) passeePar!: string | null;
}

/** The balance of an account: PostgreSQL keeps it as écritures come, and refuses those that it does not cover. */
@Entity({ schema: 'sillage', name: 'solde' })
export class Solde {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ name: 'enveloppe_id', type: 'uuid' }) enveloppeId!: string;
  @PrimaryColumn({ type: 'text' }) compte!: Compte;
  /** The convention, or the enveloppe for its own accounts. */
  @PrimaryColumn({ type: 'uuid' }) auxiliaire!: string;
  @Column({ name: 'centimes', type: 'bigint', transformer: colonneMontant }) montant!: Montant;
}
