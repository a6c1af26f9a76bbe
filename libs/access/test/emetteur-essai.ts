import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWK, JWTPayload } from 'jose';

export const AUDIENCE = 'urn:sillage:essai';

interface Cle {
  readonly kid: string;
  readonly privee: CryptoKey;
  readonly publique: JWK;
}

/** An issuer of a few lines: real HTTP, real keys, and the power to sign whatever an attacker would like signed. */
export class EmetteurEssai {
  readonly #serveur = createServer((requete, reponse) => {
    const corps = this.#corps(requete.url);
    reponse.writeHead(corps ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(corps ?? {}));
  });
  #cles: Cle[] = [];
  /** How many times the keys were asked for. */
  lecturesDesCles = 0;
  emetteur = '';

  static async demarrer(): Promise<EmetteurEssai> {
    const essai = new EmetteurEssai();
    await new Promise<void>((pret) => void essai.#serveur.listen(0, '127.0.0.1', pret));
    essai.emetteur = `http://127.0.0.1:${(essai.#serveur.address() as AddressInfo).port}`;
    await essai.tourner('cle-1');
    return essai;
  }

  async arreter(): Promise<void> {
    this.#serveur.closeAllConnections();
    await new Promise((fini) => this.#serveur.close(fini));
  }

  get cle(): Cle {
    return this.#cles[0]!;
  }

  /** Rotation: the new key signs, and only it is published. */
  async tourner(kid: string): Promise<void> {
    this.#cles = [await genererCle(kid)];
  }

  /** A token that is right in every respect, but for what the test changes. */
  async jeton(
    revendications: JWTPayload = {},
    { entete = {}, cle = this.cle.privee }: { entete?: Record<string, unknown>; cle?: CryptoKey | Uint8Array } = {},
  ): Promise<string> {
    const present = Math.floor(Date.now() / 1000);
    const justes = { iss: this.emetteur, aud: AUDIENCE, sub: 'slai-lens', iat: present, exp: present + 3600 };
    return new SignJWT({ ...justes, ...revendications })
      .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: this.cle.kid, ...entete })
      .sign(cle);
  }

  #corps(url: string | undefined): object | null {
    if (url === '/.well-known/openid-configuration') {
      return { issuer: this.emetteur, jwks_uri: `${this.emetteur}/jwks` };
    }
    if (url === '/autre/.well-known/openid-configuration')
      return { issuer: this.emetteur, jwks_uri: `${this.emetteur}/jwks` };
    if (url !== '/jwks') return null;
    this.lecturesDesCles += 1;
    return { keys: this.#cles.map(({ publique }) => publique) };
  }
}

export async function genererCle(kid: string): Promise<Cle> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  return { kid, privee: privateKey, publique: { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' } };
}
