import Provider from 'oidc-provider';
import type { ClientMetadata, Configuration, Grant, KoaContextWithOIDC } from 'oidc-provider';
import { adaptateurMemoire } from './adaptateur-memoire.js';
import { ALGORITHME_JETONS, ALGORITHME_MACHINES } from './cles.js';
import type { Cles } from './cles.js';
import { MACHINES_DEMO, PERSONNES_DEMO } from './comptes-demo.js';
import { pageErreur } from './pages.js';

/** The public client of the demonstration: no secret, hence PKCE. */
export const CLIENT_DEMO = 'sillage-demo';
/** Any port of this machine: the client is a native application in the sense of RFC 8252, section 7.3. */
export const REDIRECTION_DEMO = 'http://127.0.0.1/retour';

/** What tokens give access to. RFC 8707 wants a URI here; the `aud` that the gateway checks is configured apart. */
const RESSOURCE = 'urn:sillage:api';
const PORTEE_RESSOURCE = 'api';
const UNE_HEURE = 3600;
const DIX_MINUTES = 600;

export interface OptionsProvider {
  readonly emetteur: string;
  readonly audience: string;
  readonly cles: Cles;
}

/** An OpenID Connect provider as ProConnect is one, but for the passwords: it knows the demonstration's accounts only. */
export function creerProvider({ emetteur, audience, cles }: OptionsProvider): Provider {
  const configuration: Configuration = {
    adapter: adaptateurMemoire([clientPublic(), ...clientsMachines(cles)]),
    jwks: { keys: [...cles.signature] as NonNullable<Configuration['jwks']>['keys'] },
    cookies: { keys: [...cles.temoins] },
    clientAuthMethods: ['none', 'private_key_jwt'],
    clientBasedCORS: (_ctx, origine) => estLocale(origine),
    responseTypes: ['code'],
    pkce: { required: () => true },
    scopes: ['openid', 'profile', PORTEE_RESSOURCE],
    claims: { openid: ['sub'], profile: ['name'] },
    findAccount: (_ctx, sub) => compte(sub),
    loadExistingGrant: accordTacite,
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    renderError: (ctx, { error, error_description: description }) => {
      ctx.type = 'html';
      ctx.body = pageErreur(`${error} : ${description ?? 'sans précision'}`);
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      userinfo: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESSOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: PORTEE_RESSOURCE,
          audience,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: ALGORITHME_JETONS } },
        }),
      },
    },
    ttl: {
      AccessToken: UNE_HEURE,
      ClientCredentials: UNE_HEURE,
      IdToken: UNE_HEURE,
      AuthorizationCode: 60,
      Interaction: DIX_MINUTES,
      Session: UNE_HEURE,
      Grant: UNE_HEURE,
    },
  };
  return new Provider(emetteur, configuration);
}

function clientPublic(): ClientMetadata {
  return {
    client_id: CLIENT_DEMO,
    client_name: 'Démonstration de Sillage',
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    redirect_uris: [REDIRECTION_DEMO, 'http://localhost/retour', 'http://[::1]/retour'],
    id_token_signed_response_alg: ALGORITHME_JETONS,
  };
}

function clientsMachines({ machines }: Cles): ClientMetadata[] {
  return MACHINES_DEMO.map(({ sub, libelle }) => {
    const { kty, crv, x, y, kid, use, alg } = machines.get(sub) ?? {};
    return {
      client_id: sub,
      client_name: libelle,
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: ALGORITHME_MACHINES,
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      jwks: { keys: [{ kty, crv, x, y, kid, use, alg }] },
    };
  });
}

function compte(sub: string): { accountId: string; claims: () => { sub: string; name: string } } | undefined {
  const personne = PERSONNES_DEMO.find((candidate) => candidate.sub === sub);
  return personne && { accountId: sub, claims: () => ({ sub, name: personne.libelle }) };
}

/** The demonstration's own client: nobody is asked whether it may act for them. */
async function accordTacite(ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { client, session, provider } = ctx.oidc;
  if (!client || !session?.accountId) return undefined;
  const connu = session.grantIdFor(client.clientId);
  const existant = connu === undefined ? undefined : await provider.Grant.find(connu);
  if (existant) return existant;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid profile');
  grant.addResourceScope(RESSOURCE, PORTEE_RESSOURCE);
  await grant.save();
  return grant;
}

function estLocale(origine: string): boolean {
  const hote = URL.parse(origine)?.hostname ?? '';
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hote);
}
