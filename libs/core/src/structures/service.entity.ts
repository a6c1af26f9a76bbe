import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ServiceId, TerritoireId } from '@sillage/kernel';

/** The département's offices: its head office, and four of each territory (regles.md, 0.1 and 0.2). */
export const TYPES_SERVICE = {
  SIEGE: 'Siège du Département',
  SLAI: 'Service local d’allocation et d’insertion',
  SLISL: 'Service local inclusion sociale et logement',
  MDS: 'Maison du Département Solidarité',
  ASE: 'Service de l’aide sociale à l’enfance',
} as const;

export type TypeService = keyof typeof TYPES_SERVICE;

@Entity({ schema: 'sillage', name: 'service' })
export class ServiceDepartement {
  @PrimaryColumn({ name: 'departement_id', type: 'text' })
  departementId!: string;

  @PrimaryColumn({ type: 'uuid' })
  id!: ServiceId;

  @Column({ type: 'text' })
  type!: TypeService;

  @Column({ type: 'text' })
  libelle!: string;

  /** Null for the head office. */
  @Column({ name: 'territoire_id', type: 'uuid', nullable: true })
  territoireId!: TerritoireId | null;
}
