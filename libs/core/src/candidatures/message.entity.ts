import type { Temporal } from '@sillage/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { colonneInstant } from '../api/index.js';

export const NATURES_MESSAGE = {
  CLOTURE_PROCHE: 'L’appel ferme bientôt, et le dossier n’est pas déposé et validé.',
  COMPLEMENT_DEMANDE: 'Le Département demande à compléter le dossier.',
  COMPLEMENT_RENDU: 'Le porteur a complété le dossier.',
  COMPLEMENT_RETIRE: 'Le Département ne demande plus de complément.',
  RECEPISSE: 'La plateforme accuse réception des pièces du dossier.',
  FIN_PROCHE: 'La convention prend bientôt fin.',
  PIECE_MANQUANTE: 'Une pièce attendue n’est pas au dossier.',
  DECISION: 'Le Département a décidé.',
} as const;
export type NatureMessage = keyof typeof NATURES_MESSAGE;

export const DESTINATAIRES = {
  PORTEUR: 'La structure qui porte le projet.',
  DEPARTEMENT: 'Les services du Département qui suivent le dossier.',
} as const;
export type Destinataire = keyof typeof DESTINATAIRES;

/** What the platform tells about a candidature (TRANS-21): it stays there, and holds no personal data. */
@Entity({ schema: 'sillage', name: 'candidature_message' })
export class CandidatureMessage {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'candidature_id', type: 'uuid' }) candidatureId!: string;
  @Column({ type: 'text' }) destinataire!: Destinataire;
  @Column({ type: 'text' }) nature!: NatureMessage;
  /** With the nature, what it is about: the same thing is told once. */
  @Column({ type: 'text' }) cle!: string;
  @Column({ type: 'text' }) texte!: string;
  @Column({ type: 'text' }) regle!: string;
  @Column({ name: 'ecrit_le', type: 'timestamptz', transformer: colonneInstant }) ecritLe!: Temporal.Instant;
}
