import { createHash, randomBytes } from 'node:crypto';
import { PERSONNES_DEMO } from '../comptes-demo.js';
import { CLIENT_DEMO, REDIRECTION_DEMO } from '../fournisseur.js';
import { Navigateur } from './navigateur.js';
import type { LieuFournisseur } from './points-d-acces.js';
import { decouvrir, demanderJetons } from './points-d-acces.js';

export interface DemandeJeton extends LieuFournisseur {
  /** `sub` of an account of the demonstration. */
  readonly compte: string;
}

/** The access token alone, for an `Authorization: Bearer` header. See `obtenirJetons`. */
export async function obtenirJeton(demande: DemandeJeton): Promise<string> {
  return (await obtenirJetons(demande)).acces;
}

/**
 * Signs in as an account of the demonstration, by the same authorization code flow with PKCE as a browser.
 * @throws Error on an unknown account, or saying what the provider answered.
 */
export async function obtenirJetons({ compte, ...lieu }: DemandeJeton): Promise<{ acces: string; identite: string }> {
  if (!PERSONNES_DEMO.some(({ sub }) => sub === compte)) {
    const connus = PERSONNES_DEMO.map(({ sub }) => sub).join(', ');
    throw new Error(`Le compte « ${compte} » n’existe pas. Comptes de démonstration : ${connus}.`);
  }
  const points = await decouvrir(lieu);
  const [verificateur, etat] = [aleatoire(), aleatoire()];
  const depart = new URL(points.authorization_endpoint);
  depart.search = new URLSearchParams({
    client_id: CLIENT_DEMO,
    redirect_uri: REDIRECTION_DEMO,
    response_type: 'code',
    scope: 'openid profile',
    state: etat,
    nonce: aleatoire(),
    code_challenge: createHash('sha256').update(verificateur).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();

  const code = lireCode(await seConnecter(new Navigateur(depart.origin), depart, compte), etat, lieu.emetteur);
  const jetons = await demanderJetons(points, {
    grant_type: 'authorization_code',
    client_id: CLIENT_DEMO,
    redirect_uri: REDIRECTION_DEMO,
    code,
    code_verifier: verificateur,
  });
  const { access_token: acces, id_token: identite } = jetons;
  if (acces === undefined || identite === undefined)
    throw new Error('Le fournisseur d’identité n’a pas rendu de jeton.');
  return { acces, identite };
}

const ETAPES_MAXIMALES = 10;

/** Follows the provider, chooses the account on its login page, and stops where it sends the application its code. */
async function seConnecter(navigateur: Navigateur, depart: URL, compte: string): Promise<URL> {
  let ici = depart;
  for (let etape = 0; etape < ETAPES_MAXIMALES; etape += 1) {
    const page = await navigateur.aller(ici);
    const suite = page ?? (await navigateur.aller(ici, { compte }));
    if (suite === null) break;
    if (suite.href.startsWith(REDIRECTION_DEMO)) return suite;
    ici = suite;
  }
  throw new Error('La connexion n’aboutit pas : le fournisseur d’identité n’est pas celui de la démonstration.');
}

function lireCode({ searchParams }: URL, etat: string, emetteur: string): string {
  const code = searchParams.get('code');
  if (code === null) throw new Error(`Connexion refusée : ${searchParams.get('error_description') ?? 'sans motif'}.`);
  // RFC 9207: the answer must come from the provider that was asked, for this very request.
  if (searchParams.get('state') !== etat || searchParams.get('iss') !== emetteur) {
    throw new Error('La réponse du fournisseur d’identité n’est pas celle de cette demande.');
  }
  return code;
}

function aleatoire(): string {
  return randomBytes(32).toString('base64url');
}
