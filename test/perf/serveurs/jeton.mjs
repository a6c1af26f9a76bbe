import { createRemoteJWKSet, jwtVerify } from 'jose';

/** The département that a request speaks for: what its token says, once its signature holds. */

const { OIDC_EMETTEUR, OIDC_AUDIENCE, OIDC_JWKS_URL, OIDC_ALGORITHMES } = process.env;
const cles = createRemoteJWKSet(new URL(OIDC_JWKS_URL));
const options = { issuer: OIDC_EMETTEUR, audience: OIDC_AUDIENCE, algorithms: OIDC_ALGORITHMES.split(',') };

/** @throws when there is no token, or not a good one */
export async function verifierJeton(authorization) {
  const { payload } = await jwtVerify((authorization ?? '').replace(/^Bearer /, ''), cles, options);
  return payload;
}

const CAPACITE = 1_000;
const verifies = new Map();

/** The same, remembered until the token expires: a signature costs more to verify than some queries to run. */
export async function departementDuJeton(authorization) {
  const connu = verifies.get(authorization);
  if (connu !== undefined && connu.exp * 1000 > Date.now()) return connu.departement;
  const payload = await verifierJeton(authorization);
  if (verifies.size >= CAPACITE) verifies.clear();
  verifies.set(authorization, payload);
  return payload.departement;
}
