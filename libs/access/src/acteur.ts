import type { DateCivile, Role } from '@sillage/kernel';
import type { Droits } from './droits.js';

/** One entitlement: a role, where it counts, and when. Rights come from here, never from the token (TRANS-29). */
export interface Habilitation {
  readonly id: string;
  readonly role: Role;
  readonly structureId: string | null;
  readonly territoireIds: readonly string[];
  /** Codes of the dispositifs where it counts; empty means all of them. */
  readonly dispositifs: readonly string[];
  readonly du: DateCivile;
  /** Last day, inclusive; `null` for no end. */
  readonly au: DateCivile | null;
}

/** Who is asking: a user of one département, with the habilitations active today in Europe/Paris. */
export interface Acteur {
  readonly departementId: string;
  readonly utilisateurId: string;
  readonly iss: string;
  readonly sub: string;
  readonly habilitations: readonly Habilitation[];
}

/** What resolvers and services receive for each request. */
export interface ContexteActeur {
  readonly departementId: string;
  readonly acteur: Acteur;
  readonly droits: Droits;
  readonly requeteId: string;
  /** Why they ask, in their own words: kept with what they read of young people. */
  readonly motif?: string;
}
