import { Montant } from '@sillage/kernel';
import type { Champs, Valeurs } from './champ.js';

/**
 * What rival candidatures of an appel are compared on, side by side. No score is made of it (AMB-106): `attention` marks what the text asks
 * to look at with particular attention, and the decision says why in words.
 */
export interface CritereComparaison<C extends Champs> {
  readonly code: string;
  readonly libelle: string;
  readonly regle: string;
  readonly attention?: true;
  /** As people read it. Fields that name a person, or that only some roles read, are not given. */
  valeur(champs: Valeurs<C>): string | null;
}

/** The amount that a candidature asks for: the dispositif's field `montantDemande`, when it has one. */
export function montantDemande(champs: Readonly<Record<string, unknown>>): Montant | null {
  const montant = champs['montantDemande'];
  return montant instanceof Montant ? montant : null;
}

/** Those of the fields on which a comparison may rest. */
export function champsComparables(champs: Champs): string[] {
  return Object.entries(champs).flatMap(([cle, { options }]) => (options.nominatif || options.visiblePar ? [] : [cle]));
}
