import type { Temporal } from '@sillage/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { colonneInstant } from '../api/index.js';

export const RESULTATS_IMPORT = {
  IMPORTEE: 'Une candidature a été créée.',
  MISE_A_JOUR: 'La candidature déjà importée a été mise à jour.',
  DEJA_IMPORTEE: 'Rien à faire : la même ligne a déjà été importée.',
  REFUSEE: 'Rien n’a été fait de cette ligne : corrigez-la et renvoyez-la.',
} as const;
export type ResultatImport = keyof typeof RESULTATS_IMPORT;

/** One file that somebody sent, and what became of it. */
@Entity({ schema: 'sillage', name: 'candidature_importation' })
export class Importation {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'appel_id', type: 'uuid' }) appelId!: string;
  @Column({ type: 'text' }) dispositif!: string;
  @Column({ name: 'colonnes_ignorees', type: 'text', array: true }) colonnesIgnorees!: string[];
  @Column({ name: 'importee_le', type: 'timestamptz', transformer: colonneInstant }) importeeLe!: Temporal.Instant;
  @Column({ name: 'importee_par', type: 'uuid' }) importeePar!: string;
}

/** What became of a row of the file; one for each fault of a row that is refused. It repeats nothing of what the row says of people. */
@Entity({ schema: 'sillage', name: 'candidature_importation_ligne' })
export class ImportationLigne {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'importation_id', type: 'uuid' }) importationId!: string;
  /** In the file, the header being the first. */
  @Column({ type: 'integer' }) ligne!: number;
  @Column({ type: 'text', nullable: true }) reference!: string | null;
  @Column({ type: 'text' }) resultat!: ResultatImport;
  @Column({ name: 'candidature_id', type: 'uuid', nullable: true }) candidatureId!: string | null;
  @Column({ type: 'text', nullable: true }) colonne!: string | null;
  @Column({ type: 'text', nullable: true }) code!: string | null;
  @Column({ type: 'text', nullable: true }) message!: string | null;
  @Column({ type: 'text', nullable: true }) regle!: string | null;
}

/** The candidature of a reference, on an appel: what is sent again is known by it. */
@Entity({ schema: 'sillage', name: 'candidature_importee' })
export class CandidatureImportee {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ name: 'appel_id', type: 'uuid' }) appelId!: string;
  @PrimaryColumn({ type: 'text' }) reference!: string;
  @Column({ name: 'candidature_id', type: 'uuid' }) candidatureId!: string;
  /** Of what the row said. */
  @Column({ type: 'text' }) empreinte!: string;
  /** Of the candidature, when the row was written: another since then is somebody's work. */
  @Column({ type: 'integer' }) version!: number;
}
