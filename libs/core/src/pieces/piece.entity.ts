import type { Place } from '@sillage/access';
import type { MomentDePiece, TypeDePiece } from '@sillage/dispositif-kit';
import type { Temporal } from '@sillage/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { colonneInstant } from '../api/colonnes.js';

/** From quarantine to release; a clean analysis releases at once (ADR 0060). */
export const ETATS_PIECE = {
  RECUE: 'Reçue, en quarantaine : son analyse est attendue',
  NON_ANALYSEE: 'En quarantaine : aucun scanner n’est installé, le siège la libère ou la refuse',
  INFECTEE: 'Un logiciel malveillant y a été trouvé : elle ne sera jamais remise',
  LIBEREE: 'Libérée : elle peut être téléchargée',
  REFUSEE: 'Refusée par le siège',
} as const;
export type EtatPiece = keyof typeof ETATS_PIECE;

export const ANALYSES_PIECE = {
  SAINE: 'Rien n’a été trouvé',
  INFECTEE: 'Un logiciel malveillant a été trouvé',
  NON_ANALYSEE: 'Personne n’a regardé',
} as const;
export type AnalysePiece = keyof typeof ANALYSES_PIECE;

/** What a ticket announces and a piece is: of which dossier, which file. */
abstract class FichierAnnonce {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  /** Of a piece of the deposit; otherwise `conventionId` says which convention. */
  @Column({ name: 'candidature_id', type: 'uuid', nullable: true }) candidatureId!: string | null;
  @Column({ name: 'convention_id', type: 'uuid', nullable: true }) conventionId!: string | null;
  @Column({ type: 'text' }) quand!: MomentDePiece;
  /** As the dispositif declares it. */
  @Column({ type: 'text' }) code!: string;
  /** Cleaned, then sealed: a name of file may name somebody. */
  @Column({ type: 'bytea' }) nom!: Buffer;
  @Column({ type: 'text' }) type!: TypeDePiece;
  /** Bytes. */
  @Column({ type: 'integer' }) taille!: number;
  /** SHA-256, in hexadecimal. */
  @Column({ type: 'text' }) empreinte!: string;
}

/** The right to send one file, once, soon. The piece that it gives has its id. */
@Entity({ schema: 'sillage', name: 'piece_ticket' })
export class PieceTicket extends FichierAnnonce {
  @Column({ type: 'uuid' }) par!: string;
  @Column({ name: 'cree_le', type: 'timestamptz', transformer: colonneInstant }) creeLe!: Temporal.Instant;
  @Column({ name: 'expire_le', type: 'timestamptz', transformer: colonneInstant }) expireLe!: Temporal.Instant;
  @Column({ name: 'utilise_le', type: 'timestamptz', nullable: true, transformer: colonneInstant })
  utiliseLe!: Temporal.Instant | null;
}

@Entity({ schema: 'sillage', name: 'piece' })
export class Piece extends FichierAnnonce {
  /** Name of its file in the store, which nothing else tells. */
  @Column({ type: 'uuid' }) stockage!: string;
  /** Key of its file, in base64, sealed. */
  @Column({ type: 'bytea' }) cle!: Buffer;
  @Column({ type: 'text' }) etat!: EtatPiece;
  @Column({ name: 'verdict', type: 'text', nullable: true }) analyse!: AnalysePiece | null;
  @Column({ name: 'recue_le', type: 'timestamptz', transformer: colonneInstant }) recueLe!: Temporal.Instant;
  @Column({ name: 'recue_par', type: 'uuid' }) recuePar!: string;
  @Column({ name: 'analysee_le', type: 'timestamptz', nullable: true, transformer: colonneInstant })
  analyseeLe!: Temporal.Instant | null;
  @Column({ name: 'decidee_le', type: 'timestamptz', nullable: true, transformer: colonneInstant })
  decideeLe!: Temporal.Instant | null;
  @Column({ name: 'decidee_par', type: 'uuid', nullable: true }) decideePar!: string | null;
  /** Why the siège released or refused it. */
  @Column({ type: 'text', nullable: true }) motif!: string | null;
  /** Since when another has its place. */
  @Column({ name: 'remplacee_le', type: 'timestamptz', nullable: true, transformer: colonneInstant })
  remplaceeLe!: Temporal.Instant | null;
}

/** Where the sealed columns of a piece or of a ticket are opened. */
export function placeDe(table: 'piece' | 'piece_ticket', colonne: 'nom' | 'cle', id: string): Place {
  return { table: `sillage.${table}`, colonne, id };
}
