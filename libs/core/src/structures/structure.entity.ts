import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { NatureStructure, StructureId, Temporal, TerritoireId } from '@sillage/kernel';
import { colonneInstant } from '../api/colonnes.js';

/** An organisation that may apply, sign and be paid. */
@Entity({ schema: 'sillage', name: 'structure' })
export class Structure {
  @PrimaryColumn({ name: 'departement_id', type: 'text' })
  departementId!: string;

  @PrimaryColumn({ type: 'uuid' })
  id!: StructureId;

  @Column({ name: 'raison_sociale', type: 'text' })
  raisonSociale!: string;

  @Column({ type: 'text' })
  nature!: NatureStructure;

  /** What identifies it. Null only for a structure of the reference data whose SIRET the administrator has yet to give. */
  @Column({ type: 'text', nullable: true })
  siret!: string | null;

  /** INSEE code of the commune of its establishment. */
  @Column({ name: 'commune_code', type: 'text', nullable: true })
  communeCode!: string | null;

  @Column({ name: 'cree_le', type: 'timestamptz', transformer: colonneInstant })
  creeLe!: Temporal.Instant;

  @Column({ name: 'modifie_le', type: 'timestamptz', transformer: colonneInstant })
  modifieLe!: Temporal.Instant;
}

/** A structure works on a territory. */
@Entity({ schema: 'sillage', name: 'structure_territoire' })
export class StructureTerritoire {
  @PrimaryColumn({ name: 'departement_id', type: 'text' })
  departementId!: string;

  @PrimaryColumn({ name: 'structure_id', type: 'uuid' })
  structureId!: StructureId;

  @PrimaryColumn({ name: 'territoire_id', type: 'uuid' })
  territoireId!: TerritoireId;
}
