import type { DateCivile, Temporal } from '@sillage/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { colonneDate, colonneInstant } from '../api/colonnes.js';

export const ETATS_APPEL = {
  BROUILLON: 'En préparation : seule l’administration le voit.',
  PUBLIE: 'Publié : tout le monde le voit, ses dates ne changent plus.',
} as const;
export type EtatAppel = keyof typeof ETATS_APPEL;

/** A call for projects: civil days of opening and closing, both inclusive (TRANS-03). */
@Entity({ schema: 'sillage', name: 'appel' })
export class AppelEntity {
  @PrimaryColumn({ name: 'departement_id', type: 'text' })
  departementId!: string;

  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  dispositif!: string;

  @Column({ type: 'text' })
  code!: string;

  @Column({ type: 'text' })
  libelle!: string;

  @Column({ type: 'date', transformer: colonneDate })
  ouverture!: DateCivile;

  @Column({ type: 'date', transformer: colonneDate })
  cloture!: DateCivile;

  @Column({ type: 'text' })
  etat!: EtatAppel;

  @Column({ name: 'cree_le', type: 'timestamptz', transformer: colonneInstant })
  creeLe!: Temporal.Instant;

  @Column({ name: 'modifie_le', type: 'timestamptz', transformer: colonneInstant })
  modifieLe!: Temporal.Instant;

  @Column({ name: 'publie_le', type: 'timestamptz', nullable: true, transformer: colonneInstant })
  publieLe!: Temporal.Instant | null;

  /** What candidates read of it before they begin. */
  @Column({ type: 'text', nullable: true })
  presentation!: string | null;

  /** The earlier appel from which it was made. */
  @Column({ name: 'issu_de', type: 'uuid', nullable: true })
  issuDe!: string | null;
}

/** A territory on which an appel is open. */
@Entity({ schema: 'sillage', name: 'appel_territoire' })
export class AppelTerritoireEntity {
  @PrimaryColumn({ name: 'departement_id', type: 'text' })
  departementId!: string;

  @PrimaryColumn({ name: 'appel_id', type: 'uuid' })
  appelId!: string;

  @PrimaryColumn({ name: 'territoire_id', type: 'uuid' })
  territoireId!: string;
}
