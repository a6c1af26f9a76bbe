import type { DateCivile, Montant, Temporal } from '@sillage/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { colonneDate, colonneInstant, colonneMontant } from '../api/colonnes.js';
import type { SensVersement } from '../versements/versement.entity.js';

/** What was sent to the finance software, to the byte: never changed. */
@Entity({ schema: 'sillage', name: 'bordereau' })
export class Bordereau {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) numero!: string;
  /** The CSV file. */
  @Column({ type: 'text' }) contenu!: string;
  /** SHA-256 of its UTF-8 bytes, in hexadecimal. */
  @Column({ type: 'text' }) empreinte!: string;
  @Column({ name: 'emis_le', type: 'timestamptz', transformer: colonneInstant }) emisLe!: Temporal.Instant;
  @Column({ name: 'emis_par', type: 'uuid' }) emisPar!: string;
}

@Entity({ schema: 'sillage', name: 'bordereau_ligne' })
export class BordereauLigne {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'bordereau_id', type: 'uuid' }) bordereauId!: string;
  @Column({ name: 'versement_id', type: 'uuid' }) versementId!: string;
  @Column({ type: 'text' }) sens!: SensVersement;
  @Column({ name: 'montant_centimes', type: 'bigint', transformer: colonneMontant }) montant!: Montant;
}

export const RESULTATS_RETOUR = {
  PAYE: 'Payé, ou encaissé s’il s’agit d’un reversement',
  REJETE: 'Rejeté par le comptable, ou revenu de la banque après le paiement',
} as const;
export type ResultatRetour = keyof typeof RESULTATS_RETOUR;

/** What the finance software answered to a line: one answer of each kind at most, by its key; a rejection may follow a payment (AMB-196). */
@Entity({ schema: 'sillage', name: 'bordereau_retour' })
export class BordereauRetour {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ name: 'ligne_id', type: 'uuid' }) ligneId!: string;
  @PrimaryColumn({ type: 'text' }) resultat!: ResultatRetour;
  /** Day of the payment or of the rejection, as the finance software says. */
  @Column({ type: 'date', transformer: colonneDate }) date!: DateCivile;
  @Column({ type: 'text', nullable: true }) motif!: string | null;
  @Column({ name: 'importe_le', type: 'timestamptz', transformer: colonneInstant }) importeLe!: Temporal.Instant;
  @Column({ name: 'importe_par', type: 'uuid' }) importePar!: string;
}
