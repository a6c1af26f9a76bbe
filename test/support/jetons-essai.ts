import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** An issuer of tokens that specs can trust: its keys are served over HTTP, as a real one's; nobody logs in. */
export interface EmetteurEssai {
  readonly emetteur: string;
  readonly audience: string;
  readonly jwksUrl: string;
  /** An access token for `sub`, good for ten minutes unless said otherwise. */
  jeton(
    sub: string,
    changements?: { readonly emetteur?: string; readonly audience?: string; readonly exp?: string },
  ): Promise<string>;
  arreter(): Promise<void>;
}

const ALGORITHME = 'ES256';
const EMETTEUR = 'https://emetteur.essai.invalid';
const AUDIENCE = 'sillage-essais';

export async function demarrerEmetteurEssai(): Promise<EmetteurEssai> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHME);
  const cles = JSON.stringify({
    keys: [{ ...(await exportJWK(publicKey)), alg: ALGORITHME, use: 'sig', kid: 'essai' }],
  });
  const serveur = createServer((_requete, reponse) => {
    reponse.setHeader('content-type', 'application/json').end(cles);
  });
  await new Promise<void>((pret) => serveur.listen(0, '127.0.0.1', pret));
  const { port } = serveur.address() as AddressInfo;
  return {
    emetteur: EMETTEUR,
    audience: AUDIENCE,
    jwksUrl: `http://127.0.0.1:${port}/jwks`,
    jeton: (sub, { emetteur = EMETTEUR, audience = AUDIENCE, exp = '10m' } = {}) =>
      new SignJWT()
        .setProtectedHeader({ alg: ALGORITHME, kid: 'essai', typ: 'at+jwt' })
        .setIssuer(emetteur)
        .setAudience(audience)
        .setSubject(sub)
        .setIssuedAt()
        .setExpirationTime(exp)
        .sign(privateKey),
    arreter: () => fermer(serveur),
  };
}

async function fermer(serveur: Server): Promise<void> {
  serveur.closeAllConnections();
  await new Promise((fin) => serveur.close(fin));
}
