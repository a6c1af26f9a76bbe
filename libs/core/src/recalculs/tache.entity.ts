import type { Montant, Temporal } from '@sillage/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { colonneInstant, colonneMontant } from '../api/colonnes.js';
import type { ActionEcart } from '../versements/ecart.js';

export const ETATS_TACHE = {
  EN_COURS: 'En cours : elle avance, et reprend d’où elle en est après un arrêt',
  TERMINEE: 'Terminée',
  ARRETEE: 'Arrêtée avant la fin : « motif » dit pourquoi ; ce qui était fait le reste',
} as const;
export type EtatTache = keyof typeof ETATS_TACHE;

export const GENRES_TACHE = { RECALCUL: 'Recalcul des versements d’un appel à projets' } as const;
export type GenreTache = keyof typeof GENRES_TACHE;

/** Work that is followed. `curseur` is the last convention done: a page and its progress are one transaction. */
@Entity({ schema: 'sillage', name: 'tache' })
export class Tache {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) numero!: string;
  @Column({ type: 'text' }) genre!: GenreTache;
  @Column({ name: 'appel_id', type: 'uuid' }) appelId!: string;
  @Column({ type: 'text' }) dispositif!: string;
  /** False: it only says what would change. */
  @Column({ type: 'boolean' }) appliquer!: boolean;
  @Column({ type: 'text' }) etat!: EtatTache;
  @Column({ type: 'integer' }) total!: number;
  @Column({ type: 'integer' }) faites!: number;
  /** Left as they are: their dispositif is suspended there. */
  @Column({ type: 'integer' }) suspendues!: number;
  @Column({ type: 'uuid', nullable: true }) curseur!: string | null;
  @Column({ name: 'demandee_le', type: 'timestamptz', transformer: colonneInstant }) demandeeLe!: Temporal.Instant;
  @Column({ name: 'demandee_par', type: 'uuid' }) demandeePar!: string;
  @Column({ name: 'modifiee_le', type: 'timestamptz', transformer: colonneInstant }) modifieeLe!: Temporal.Instant;
  @Column({ name: 'terminee_le', type: 'timestamptz', nullable: true, transformer: colonneInstant })
  termineeLe!: Temporal.Instant | null;
  /** Why it stopped before its end. */
  @Column({ type: 'text', nullable: true }) motif!: string | null;
}

/** What a recalculation found different. */
@Entity({ schema: 'sillage', name: 'tache_ecart' })
export class TacheEcart {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'tache_id', type: 'uuid' }) tacheId!: string;
  @Column({ name: 'convention_id', type: 'uuid' }) conventionId!: string;
  @Column({ type: 'text' }) tranche!: string;
  @Column({ type: 'text' }) action!: ActionEcart;
  @Column({ name: 'actuel_centimes', type: 'bigint', transformer: colonneMontant }) actuel!: Montant;
  @Column({ name: 'attendu_centimes', type: 'bigint', transformer: colonneMontant }) attendu!: Montant;
  /** Why a person last refused a payment of this tranche: it would be proposed again. */
  @Column({ type: 'text', nullable: true }) refus!: string | null;
}

/** A convention that could not be computed, and why: the others were. */
@Entity({ schema: 'sillage', name: 'tache_refus' })
export class TacheRefus {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'tache_id', type: 'uuid' }) tacheId!: string;
  @Column({ name: 'convention_id', type: 'uuid' }) conventionId!: string;
  @Column({ type: 'text' }) code!: string;
  @Column({ type: 'text' }) message!: string;
  @Column({ type: 'text', nullable: true }) regle!: string | null;
}
