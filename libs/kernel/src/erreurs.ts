import type { CodeErreur } from './codes-erreur.js';

/**
 * A value that cannot exist (a 30 February, an amount with three decimals) was given to a constructor of the kernel.
 * The message is in French, fit for the person who typed the value. Services turn it into `VALEUR_INVALIDE` with the path of the field.
 */
export class ErreurValeur extends Error {
  override readonly name = 'ErreurValeur';
}

/** One line of `errors` in a mutation's payload. `path` leads to the faulty field of the input; `regle` is a rule id, or null. */
export interface ErreurMetier {
  code: CodeErreur;
  message: string;
  path: string[];
  regle: string | null;
}

/**
 * An expected refusal: the request was understood, and the rules say no. It becomes the payload's `errors`, never a GraphQL error,
 * and rolls back the transaction that it crosses.
 */
export class Refus extends Error {
  override readonly name = 'Refus';
  readonly erreurs: readonly ErreurMetier[];

  /** @throws ErreurValeur when no error is given: a refusal always says why. */
  constructor(erreurs: readonly ErreurMetier[]) {
    if (erreurs.length === 0) throw new ErreurValeur('Un refus doit porter au moins une erreur : indiquez son motif.');
    super(erreurs.map((erreur) => `${erreur.code} : ${erreur.message}`).join('\n'));
    this.erreurs = erreurs;
  }

  static de(
    code: CodeErreur,
    message: string,
    { path = [], regle = null }: { path?: string[]; regle?: string | null } = {},
  ): Refus {
    return new Refus([{ code, message, path, regle }]);
  }
}
