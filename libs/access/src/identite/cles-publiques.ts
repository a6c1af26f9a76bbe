import { createRemoteJWKSet, errors } from 'jose';
import type { JWTVerifyGetKey, RemoteJWKSet } from 'jose';

export interface OptionsClesPubliques {
  readonly emetteur: string;
  /** Where the keys are published; `null`: where the issuer's discovery document says. */
  readonly jwksUrl: string | null;
  /** At least this long between two fetches caused by unknown keys, in milliseconds. */
  readonly repit: number;
  /** After this long, in milliseconds, the keys are fetched again: a withdrawn key stops counting. */
  readonly duree: number;
}

const DELAI_HTTP = 5000;
/** What jose says of the provider's answer; its other errors speak of the token. */
const FAUTES_DU_FOURNISSEUR: readonly string[] = [
  errors.JWKSTimeout.code,
  errors.JWKSInvalid.code,
  // Another status than 200, or no JSON.
  errors.JOSEError.code,
];

/** The keys cannot be had: whatever the token is worth, nobody can say for now. */
export class FournisseurInjoignable extends Error {
  override readonly name = 'FournisseurInjoignable';
}

/**
 * The issuer's public keys, fetched when first needed, again when a token names a new one, and when they get old. Asking
 * for one throws FournisseurInjoignable when they cannot be fetched.
 */
export function clesPubliques(options: OptionsClesPubliques): JWTVerifyGetKey {
  let jeu: RemoteJWKSet | undefined;
  const ouvrir = async (): Promise<RemoteJWKSet> =>
    createRemoteJWKSet(new URL(options.jwksUrl ?? (await decouvrir(options.emetteur))), {
      cooldownDuration: options.repit,
      cacheMaxAge: options.duree,
      timeoutDuration: DELAI_HTTP,
    });
  return async (entete, jeton) => {
    try {
      jeu ??= await ouvrir();
      return await jeu(entete, jeton);
    } catch (cause) {
      if (cause instanceof errors.JOSEError && !FAUTES_DU_FOURNISSEUR.includes(cause.code)) throw cause;
      throw new FournisseurInjoignable(cause instanceof Error ? cause.message : 'cause inconnue', { cause });
    }
  };
}

/** OpenID Connect Discovery 1.0, section 4. The document must speak for this issuer, or its keys are somebody else's. */
async function decouvrir(emetteur: string): Promise<string> {
  const url = `${emetteur.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const reponse = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(DELAI_HTTP) });
  if (!reponse.ok) throw new Error(`La découverte de ${url} répond ${reponse.status}.`);
  const document = (await reponse.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (document.issuer !== emetteur || typeof document.jwks_uri !== 'string') {
    throw new Error(`Le document de ${url} n’est pas celui de l’émetteur attendu.`);
  }
  return document.jwks_uri;
}
