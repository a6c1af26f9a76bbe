import type { ContexteActeur } from './acteur.js';
import { peut } from './droits.js';
import type { ObjetProtege } from './droits.js';
import type { Sujet } from './vocabulaire.js';

/** Whether the actor may see what names a person on this row: a right of its own, that reading does not give (TRANS-30). */
export function peutVoirNominatif(contexte: ContexteActeur, sujet: Sujet, objet: ObjetProtege): boolean {
  return peut(contexte, 'lireNominatif', sujet, objet);
}
