import { createHash } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { clesPubliques, FournisseurInjoignable } from './cles-publiques.js';
import { ErreurIdentite } from './erreur-identite.js';
import type { JournalIdentite } from './journal-identite.js';
import { Memoire } from './memoire.js';

export interface OptionsVerificateur {
  /** The only accepted issuer, exactly as its tokens write it. */
  readonly emetteur: string;
  /** The only accepted audience: this API. */
  readonly audience: string;
  readonly jwksUrl: string | null;
  readonly algorithmes: readonly string[];
  readonly journal: JournalIdentite;
  /** Milliseconds since the epoch; tokens are judged by the real clock, never by the demonstration's. */
  readonly maintenant?: () => number;
  readonly repitCles?: number;
  readonly dureeCles?: number;
  readonly capacite?: number;
}

/** The person, or the machine, that a token speaks for. */
export interface IdentiteDuJeton {
  readonly iss: string;
  readonly sub: string;
}

/** Signatures whose verification key is public: with `HS256` or `none`, anybody could sign. */
const ALGORITHMES_ADMIS: readonly string[] = ['RS256', 'PS256', 'ES256', 'EdDSA'];
/** RFC 9068, section 2.1: what tells an access token from an ID token of the same issuer. */
const TYPE_JETON_ACCES = 'at+jwt';
const TOLERANCE_SECONDES = 5;
const TAILLE_MAXIMALE = 8192;

/**
 * Verifies OAuth 2.0 access tokens in JWT form (RFC 9068, RFC 8725). A token that was verified is remembered until it
 * expires, and never longer than the keys themselves, so that a withdrawn key stops counting.
 */
export class VerificateurDeJeton {
  readonly #options: OptionsVerificateur;
  readonly #cles: JWTVerifyGetKey;
  readonly #maintenant: () => number;
  readonly #dureeCles: number;
  readonly #verifies: Memoire<IdentiteDuJeton>;

  /** @throws Error when an algorithm is not one of those whose verification key is public. */
  constructor(options: OptionsVerificateur) {
    const intrus = options.algorithmes.find((algorithme) => !ALGORITHMES_ADMIS.includes(algorithme));
    if (intrus !== undefined || options.algorithmes.length === 0) {
      throw new Error(
        `Algorithme de signature refusé (« ${intrus ?? ''} ») : choisissez parmi ${ALGORITHMES_ADMIS.join(', ')}.`,
      );
    }
    this.#options = options;
    this.#maintenant = options.maintenant ?? Date.now;
    this.#dureeCles = options.dureeCles ?? 600_000;
    this.#cles = clesPubliques({
      emetteur: options.emetteur,
      jwksUrl: options.jwksUrl,
      repit: options.repitCles ?? 15_000,
      duree: this.#dureeCles,
    });
    this.#verifies = new Memoire(options.capacite ?? 10_000, this.#maintenant);
  }

  /**
   * @param authorization the header as it came
   * @throws ErreurIdentite `NON_AUTHENTIFIE` without a bearer token, `JETON_INVALIDE` whatever is wrong with one,
   * `SERVICE_INDISPONIBLE` when the provider's keys cannot be had.
   */
  async verifier(authorization: string | undefined): Promise<IdentiteDuJeton> {
    const jeton = porte(authorization);
    if (jeton === undefined) throw new ErreurIdentite('NON_AUTHENTIFIE');
    if (jeton.length > TAILLE_MAXIMALE) throw this.#refus('jeton trop long', 'TAILLE');

    const cle = empreinte(jeton);
    const connue = this.#verifies.lire(cle);
    if (connue) return connue;

    const { iss, sub, exp } = await this.#verifierSignature(jeton);
    if (iss === undefined || exp === undefined || typeof sub !== 'string' || !/^.{1,255}$/.test(sub)) {
      throw this.#refus('revendications incomplètes', 'REVENDICATIONS');
    }
    const identite = { iss, sub };
    this.#verifies.retenir(cle, identite, Math.min(exp * 1000, this.#maintenant() + this.#dureeCles));
    return identite;
  }

  /** Whether that header's token has been verified and is still remembered. */
  connait(authorization: string | undefined): boolean {
    const jeton = porte(authorization);
    return (
      jeton !== undefined && jeton.length <= TAILLE_MAXIMALE && this.#verifies.lire(empreinte(jeton)) !== undefined
    );
  }

  async #verifierSignature(jeton: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(jeton, this.#cles, {
        algorithms: [...this.#options.algorithmes],
        issuer: this.#options.emetteur,
        audience: this.#options.audience,
        typ: TYPE_JETON_ACCES,
        requiredClaims: ['iss', 'sub', 'exp', 'iat'],
        clockTolerance: TOLERANCE_SECONDES,
        currentDate: new Date(this.#maintenant()),
      });
      return payload;
    } catch (cause) {
      if (cause instanceof FournisseurInjoignable) throw this.#panne(cause.message);
      if (cause instanceof errors.JOSEError) throw this.#refus(cause.message, cause.code);
      throw this.#refus(cause instanceof Error ? cause.message : 'cause inconnue', 'JETON_ILLISIBLE');
    }
  }

  #refus(cause: string, motif: string): ErreurIdentite {
    this.#options.journal.avertir('Jeton refusé', { motif, cause });
    return new ErreurIdentite('JETON_INVALIDE');
  }

  /** The caller's token may be right: asking them for another would help nobody. */
  #panne(cause: string): ErreurIdentite {
    this.#options.journal.avertir('Fournisseur d’identité injoignable', { motif: 'FOURNISSEUR_INJOIGNABLE', cause });
    return new ErreurIdentite('SERVICE_INDISPONIBLE');
  }
}

/** The bearer token of an `Authorization` header. */
function porte(authorization: string | undefined): string | undefined {
  return /^Bearer +([^\s]+) *$/i.exec(authorization ?? '')?.[1];
}

function empreinte(jeton: string): string {
  return createHash('sha256').update(jeton).digest('base64');
}
