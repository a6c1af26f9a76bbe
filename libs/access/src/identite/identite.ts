import { jourDe } from '@sillage/kernel';
import type { Horloge } from '@sillage/kernel';
import type { UniteDeTravail } from '@sillage/persistence';
import type { Acteur } from '../acteur.js';
import { ErreurIdentite } from './erreur-identite.js';
import { lireActeur } from './habilitations-actives.js';
import { Memoire } from './memoire.js';
import type { VerificateurDeJeton } from './verificateur-de-jeton.js';

export interface OptionsIdentite {
  readonly verificateur: Pick<VerificateurDeJeton, 'verifier' | 'connait'>;
  readonly uniteDeTravail: Pick<UniteDeTravail, 'lecture'>;
  /** Says which habilitations are current (its day in Paris) and how old a remembered answer is. */
  readonly horloge: Horloge;
  /** How long an answer is remembered, from 0 (never) to 60 seconds. */
  readonly ttlSecondes: number;
}

const TTL_MAXIMAL_SECONDES = 60;
const CAPACITE = 10_000;
const HEURE_MS = 3_600_000;

/** From the header of a request to the actor: who it is, and what was granted to them in this département. */
export class Identite {
  readonly #options: OptionsIdentite;
  readonly #acteurs: Memoire<Acteur>;

  /** @throws Error when answers would be remembered for more than 60 s: a revocation must have taken effect by then. */
  constructor(options: OptionsIdentite) {
    if (!(options.ttlSecondes >= 0 && options.ttlSecondes <= TTL_MAXIMAL_SECONDES)) {
      throw new Error(
        `Les habilitations se retiennent de 0 à ${TTL_MAXIMAL_SECONDES} secondes, pas ${options.ttlSecondes}.`,
      );
    }
    this.#options = options;
    this.#acteurs = new Memoire(CAPACITE, () => this.#maintenant());
  }

  /**
   * @throws ErreurIdentite `NON_AUTHENTIFIE`, `JETON_INVALIDE`, `SERVICE_INDISPONIBLE`, or `NON_HABILITE` when the person
   * holds nothing current in this département (whether they are unknown or have been revoked does not show).
   */
  async identifier(authorization: string | undefined, departementId: string): Promise<Acteur> {
    const { verificateur, uniteDeTravail, horloge, ttlSecondes } = this.#options;
    const identite = await verificateur.verifier(authorization);
    const maintenant = horloge.maintenant();
    const instant = maintenant.epochMilliseconds;
    // The hour is part of the key, and so the day: an habilitation that ended yesterday is not remembered today. Days begin on
    // the hour everywhere in France.
    const cle = JSON.stringify([departementId, identite.iss, identite.sub, Math.floor(instant / HEURE_MS)]);
    const connu = this.#acteurs.lire(cle, instant);
    if (connu) return connu;
    const jour = jourDe(maintenant);

    // The age counts from before the reading: a revocation that lands during it must not gain time.
    const jusqua = instant + ttlSecondes * 1000;
    const acteur = await uniteDeTravail.lecture(departementId, (em) => lireActeur(em, departementId, identite, jour));
    if (!acteur) throw new ErreurIdentite('NON_HABILITE');
    this.#acteurs.retenir(cle, acteur, jusqua);
    return acteur;
  }

  /** Whether the header carries a token that was verified lately: to be asked where many others fail. */
  connait(authorization: string | undefined): boolean {
    return this.#options.verificateur.connait(authorization);
  }

  #maintenant(): number {
    return this.#options.horloge.maintenant().epochMilliseconds;
  }
}
