import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { DEPARTEMENT, EMETTEUR } from './comptes.js';
import { creerCertificat } from './demarrage/certificat.js';

const AUDIENCE = 'sillage-perf';
const ALGORITHME = 'ES256';

/** An issuer that the servers under test trust. */
export interface Emetteur {
  /** What each server is told: the issuer, where its keys are, and the certificate of that place. */
  readonly env: Readonly<Record<string, string>>;
  /** An access token for an account of the data set, good for a day. */
  jeton(sub: string): Promise<string>;
  arreter(): Promise<void>;
}

/**
 * Publishes a key over https, since production accepts nothing less; the certificate lives as long as the run.
 * @param dossier where the certificate is left for `NODE_EXTRA_CA_CERTS`
 */
export async function demarrerEmetteur(dossier: string): Promise<Emetteur> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHME);
  const cle = { ...(await exportJWK(publicKey)), alg: ALGORITHME, use: 'sig', kid: 'perf' };
  const tls = creerCertificat();
  const fichier = join(dossier, 'certificat.pem');
  writeFileSync(fichier, tls.certificat);
  const serveur = createServer({ key: tls.cle, cert: tls.certificat }, (_requete, reponse) => {
    reponse.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [cle] }));
  });
  await new Promise<void>((pret) => serveur.listen(0, '127.0.0.1', pret));
  const { port } = serveur.address() as AddressInfo;
  return {
    env: {
      OIDC_EMETTEUR: EMETTEUR,
      OIDC_AUDIENCE: AUDIENCE,
      OIDC_JWKS_URL: `https://127.0.0.1:${port}/jwks`,
      OIDC_ALGORITHMES: ALGORITHME,
      NODE_EXTRA_CA_CERTS: fichier,
    },
    jeton: (sub) =>
      new SignJWT({ departement: DEPARTEMENT })
        .setProtectedHeader({ alg: ALGORITHME, kid: 'perf', typ: 'at+jwt' })
        .setIssuer(EMETTEUR)
        .setAudience(AUDIENCE)
        .setSubject(sub)
        .setIssuedAt()
        .setExpirationTime('1d')
        .sign(privateKey),
    arreter: () => fermer(serveur),
  };
}

async function fermer(serveur: Server): Promise<void> {
  serveur.closeAllConnections();
  await new Promise((fin) => serveur.close(fin));
}
