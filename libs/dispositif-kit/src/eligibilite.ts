import { type DateCivile, type Decision, toutes } from '@sillage/kernel';
import type { Champs, Valeurs } from './champ.js';
import type { Parametres, ParametresResolus } from './parametre.js';
import { lireValeurs } from './validation.js';

/** What a rule on one young person knows: what was told of them, and the day on which it is looked at. */
export interface ContexteEligibilite<F extends Champs, P extends Parametres> {
  personne: Valeurs<F>;
  le: DateCivile;
  parametres: ParametresResolus<P>;
}

/** Who may enter a dispositif: what is asked of a young person, and the rules on it. Nothing here is stored (TRANS-16, TRANS-17). */
export interface DeclarationEligibilite<F extends Champs = Champs, P extends Parametres = Parametres> {
  /** What it is judged at: `Entrée dans l’accompagnement`. */
  a: string;
  champs: F;
  regles: readonly {
    regle: string;
    libelle: string;
    /** NON leaves them out; A_CONFIRMER is a borderline case, for the person who decides the entry. */
    decider(contexte: ContexteEligibilite<F, P>): Decision;
  }[];
}

/** Declares who may enter, the rules typed by the fields and the parameters. */
export function definirEligibilite<F extends Champs, P extends Parametres>(
  declaration: DeclarationEligibilite<F, P>,
): DeclarationEligibilite {
  return declaration;
}

/**
 * Whether a young person may enter on a day: every rule, with every reason.
 * @param parametres those of the day
 * @throws Refus with one error a fault, when what is told of them is incomplete
 */
export function deciderEligibilite(
  { champs, regles }: DeclarationEligibilite,
  saisie: unknown,
  { le, parametres }: { le: DateCivile; parametres: ParametresResolus<Parametres> },
): Decision {
  const personne = lireValeurs(champs, saisie, ['personne']);
  return toutes(...regles.map((regle) => regle.decider({ personne, le, parametres })));
}
