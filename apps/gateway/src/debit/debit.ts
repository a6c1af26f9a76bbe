import type { Acteur } from '@sillage/access';
import type { GraphQLError } from 'graphql';
import { erreurProtocole } from '../graphql/erreurs.js';
import { ParMinute } from './par-minute.js';

type Payeur = Pick<Acteur, 'departementId' | 'utilisateurId'>;

export interface OptionsDebit {
  /** What one user may spend in a minute, on all gateways together. */
  readonly pointsParMinute: number;
  /** Requests of one address that may fail to identify anybody, in a minute, on this gateway. */
  readonly echecsParMinute: number;
  /** Adds to what a user has spent in that minute, and says how much that makes with the other gateways. */
  readonly partager: (payeur: Payeur, minute: number, points: number) => Promise<number>;
  /** Receives what goes wrong with the sharing: nobody is refused for that. */
  readonly signaler: (erreur: unknown) => void;
  readonly maintenant?: () => number;
}

/** What a user has spent in a minute: here and elsewhere as of the last settlement, and here since. */
interface Depense {
  readonly minute: number;
  connue: number;
  attente: number;
  enCours: boolean;
}

/** A share of the budget: below it a gateway tells nobody, so that the usual request writes nothing and waits for nothing. */
const PART = 1 / 20;
const CAPACITE = 20_000;

/**
 * How much each user, and each address that fails to say who it is, may ask for in a minute of the clock. Counted in memory, and settled
 * with the other gateways by shares of the budget: together they may let pass one share each beyond it, and what they were already serving.
 */
export class Debit {
  readonly #depenses: ParMinute<Depense>;
  readonly #echecs: ParMinute<{ nombre: number }>;

  constructor(private readonly options: OptionsDebit) {
    const { maintenant } = options;
    this.#depenses = new ParMinute(
      CAPACITE,
      (minute) => ({ minute, connue: 0, attente: 0, enCours: false }),
      maintenant,
    );
    this.#echecs = new ParMinute(CAPACITE, () => ({ nombre: 0 }), maintenant);
  }

  /** @throws GraphQLError TROP_DE_REQUETES when nothing is left; what is left may be less than `points`. */
  depenser(payeur: Payeur, points: number): void {
    const depense = this.#depenses.lire(`${payeur.departementId} ${payeur.utilisateurId}`);
    if (depense.connue + depense.attente >= this.options.pointsParMinute) throw this.#refus();
    depense.attente += points;
    if (depense.attente >= this.options.pointsParMinute * PART && !depense.enCours)
      void this.#partager(payeur, depense);
  }

  /**
   * Refuses an address that failed too often, before anything is verified; those of its neighbours who were known already go on.
   * @throws GraphQLError TROP_DE_REQUETES
   */
  admettre(adresse: string, connu: () => boolean): void {
    if (this.#echecs.lire(adresse).nombre >= this.options.echecsParMinute && !connu()) throw this.#refus();
  }

  noterEchec(adresse: string): void {
    this.#echecs.lire(adresse).nombre += 1;
  }

  async #partager(payeur: Payeur, depense: Depense): Promise<void> {
    const points = depense.attente;
    depense.enCours = true;
    depense.attente = 0;
    depense.connue += points;
    try {
      depense.connue = await this.options.partager(payeur, depense.minute, points);
    } catch (erreur) {
      this.options.signaler(erreur);
    } finally {
      depense.enCours = false;
    }
  }

  #refus(): GraphQLError {
    const attendre = this.#depenses.reste();
    return erreurProtocole(
      'TROP_DE_REQUETES',
      `Trop de requêtes, ou de trop coûteuses, en une minute : attendez ${attendre} s.`,
      { attendre },
    );
  }
}
