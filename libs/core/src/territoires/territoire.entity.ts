import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DateCivile, Temporal, TerritoireId } from '@sillage/kernel';
import { colonneDate, colonneInstant } from '../api/colonnes.js';
import type { StatutRattachement } from './planifier-rattachement.js';

/** One area of a département's social services. Its code is stable; its label may change. */
@Entity({ schema: 'sillage', name: 'territoire' })
export class Territoire {
  @PrimaryColumn({ name: 'departement_id', type: 'text' })
  departementId!: string;

  @PrimaryColumn({ type: 'uuid' })
  id!: TerritoireId;

  @Column({ type: 'text' })
  code!: string;

  @Column({ type: 'text' })
  libelle!: string;
}

/** Another spelling of a territory's name; `aliasNormalise` is its form for search (AMB-147). */
@Entity({ schema: 'sillage', name: 'territoire_alias' })
export class TerritoireAlias {
  @PrimaryColumn({ name: 'departement_id', type: 'text' })
  departementId!: string;

  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'territoire_id', type: 'uuid' })
  territoireId!: TerritoireId;

  @Column({ type: 'text' })
  alias!: string;

  @Column({ name: 'alias_normalise', type: 'text' })
  aliasNormalise!: string;
}

/** A commune's territory for a period, both days included (AMB-139). The database refuses overlaps. */
@Entity({ schema: 'sillage', name: 'commune_territoire' })
export class CommuneTerritoire {
  @PrimaryColumn({ name: 'departement_id', type: 'text' })
  departementId!: string;

  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'commune_code', type: 'text' })
  communeCode!: string;

  @Column({ name: 'territoire_id', type: 'uuid' })
  territoireId!: TerritoireId;

  @Column({ type: 'date', transformer: colonneDate })
  du!: DateCivile;

  @Column({ type: 'date', nullable: true, transformer: colonneDate })
  au!: DateCivile | null;

  @Column({ type: 'text' })
  statut!: StatutRattachement;

  /** What justifies it, for people: the COG's vintage, a deliberation. */
  @Column({ type: 'text' })
  source!: string;

  @Column({ name: 'cree_le', type: 'timestamptz', transformer: colonneInstant })
  creeLe!: Temporal.Instant;
}
