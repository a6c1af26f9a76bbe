import type { Role } from '@sillage/kernel';
import type { Action, SujetSocle } from '../vocabulaire.js';

/** Where a right counts. An habilitation limited to some dispositifs narrows each of these to them. */
export const PORTEES_DROIT = {
  PARTOUT: 'partout dans le département',
  MES_TERRITOIRES: 'sur mes territoires',
  MA_STRUCTURE: 'pour ma structure',
} as const;

export type PorteeDroit = keyof typeof PORTEES_DROIT;

/** "These actions, on these subjects, there, because of these rules": the CASL ability and `docs/access.md` come from it. */
export interface Declaration {
  readonly peut: readonly Action[];
  readonly sur: readonly SujetSocle[];
  readonly ou: PorteeDroit;
  /** Only in these states. */
  readonly etats?: readonly string[];
  /** In every state but these. */
  readonly saufEtats?: readonly string[];
  readonly regles: readonly string[];
}

/** Of conventions: signed by both parties, however they end. */
export const ETATS_DE_CONVENTION_SIGNEE = ['SIGNEE', 'DENONCEE', 'RESILIEE'] as const;

export interface DeclarationRole {
  readonly role: Role;
  /** One French sentence: what this role is for. */
  readonly sens: string;
  readonly droits: readonly Declaration[];
}
