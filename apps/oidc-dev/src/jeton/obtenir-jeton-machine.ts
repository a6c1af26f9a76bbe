import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import type { JWK } from 'jose';
import type { LieuFournisseur } from './points-d-acces.js';
import { decouvrir, demanderJetons } from './points-d-acces.js';

export interface DemandeJetonMachine extends LieuFournisseur {
  /** `sub` of the machine, which is also its client id. */
  readonly machine: string;
  /** Its private key: `lireCleMachine`, for those of the demonstration. */
  readonly cle: JWK;
}

const VALIDITE_SECONDES = 60;

/**
 * An access token for a machine: client credentials, the client being known by its key (RFC 7523, `private_key_jwt`).
 * @throws Error saying what the provider answered.
 */
export async function obtenirJetonMachine({ machine, cle, ...lieu }: DemandeJetonMachine): Promise<string> {
  const { alg, kid } = cle;
  if (alg === undefined || kid === undefined)
    throw new Error('La clé de la machine ne dit pas son algorithme ou son nom.');
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg, kid })
    .setIssuer(machine)
    .setSubject(machine)
    .setAudience(lieu.emetteur)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${VALIDITE_SECONDES}s`)
    .sign(await importJWK(cle));
  const { access_token: jeton } = await demanderJetons(await decouvrir(lieu), {
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });
  if (jeton === undefined) throw new Error('Le fournisseur d’identité n’a pas rendu de jeton.');
  return jeton;
}
