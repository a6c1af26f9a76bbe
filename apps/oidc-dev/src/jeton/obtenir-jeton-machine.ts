import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import type { JWK } from 'jose';
import { decouvrir, demanderJetons } from './points-d-acces.js';

export interface DemandeJetonMachine {
  readonly emetteur: string;
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
export async function obtenirJetonMachine({ emetteur, machine, cle }: DemandeJetonMachine): Promise<string> {
  const { alg, kid } = cle;
  if (alg === undefined || kid === undefined)
    throw new Error('La clé de la machine ne dit pas son algorithme ou son nom.');
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg, kid })
    .setIssuer(machine)
    .setSubject(machine)
    .setAudience(emetteur)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${VALIDITE_SECONDES}s`)
    .sign(await importJWK(cle));
  const { access_token: jeton } = await demanderJetons(await decouvrir(emetteur), {
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });
  if (jeton === undefined) throw new Error('Le fournisseur d’identité n’a pas rendu de jeton.');
  return jeton;
}
