import type { Portee, Surcharge } from '@sillage/dispositif-kit';
import { type DateCivile, type DecisionCitee, jourDe, type Temporal } from '@sillage/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { colonneDate, colonneInstant } from '../api/colonnes.js';

/** A value that somebody decided for one appel, territory or convention. Cancelled ones stay, for history (TRANS-02). */
@Entity({ schema: 'sillage', name: 'parametre_surcharge' })
export class SurchargeEntity implements Surcharge {
  @PrimaryColumn({ name: 'departement_id', type: 'text' })
  departementId!: string;

  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  dispositif!: string;

  @Column({ type: 'text' })
  cle!: string;

  @Column({ type: 'text' })
  portee!: Portee;

  /** Id of the appel, the territory or the convention (also for an annex, which belongs to a convention). */
  @Column({ name: 'portee_id', type: 'uuid' })
  porteeId!: string;

  @Column({ type: 'date', transformer: colonneDate })
  du!: DateCivile;

  @Column({ type: 'date', nullable: true, transformer: colonneDate })
  au!: DateCivile | null;

  /** The JSON form, as the parameter's own `lire` reads it. */
  @Column({ type: 'jsonb' })
  valeur!: unknown;

  @Column({ type: 'text' })
  motif!: string;

  @Column({ name: 'decide_par', type: 'uuid' })
  decidePar!: string;

  @Column({ name: 'decide_le', type: 'timestamptz', transformer: colonneInstant })
  decideLe!: Temporal.Instant;

  @Column({ name: 'annulee_le', type: 'timestamptz', nullable: true, transformer: colonneInstant })
  annuleeLe!: Temporal.Instant | null;

  @Column({ name: 'annulee_par', type: 'uuid', nullable: true })
  annuleePar!: string | null;

  /** As an explanation cites it. */
  get decision(): DecisionCitee {
    return { par: this.decidePar, le: jourDe(this.decideLe).toString(), motif: this.motif };
  }
}
