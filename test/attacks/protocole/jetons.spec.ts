import { createHmac, createPublicKey } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CompactSign, type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { demarrerGatewayEssai, type GatewayEssai } from '../../support/gateway-essai.js';
import { noterAttaque } from '../bilan.js';
import { type Compteur, compterUnites, EN_PRODUCTION, faute } from './jugement.js';

const ALG = 'ES256';
const EMETTEUR = 'https://emetteur.essai.invalid';
const AUDIENCE = 'sillage-essais';
const QUESTION = { query: '{ moi { libelle } }' };

interface Paire {
  readonly kid: string;
  readonly privee: CryptoKey;
  readonly publique: JWK;
}

async function paire(kid: string, alg = ALG): Promise<Paire> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, privee: privateKey, publique: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** Serves keys, and counts who came to look: the issuer's, or an attacker's. */
class Jwks {
  cles: readonly JWK[] = [];
  lectures = 0;
  #serveur: Server = createServer((_requete, reponse) => {
    this.lectures += 1;
    reponse.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: this.cles }));
  });
  url = '';

  async ouvrir(cles: readonly JWK[]): Promise<void> {
    this.cles = cles;
    await new Promise<void>((pret) => this.#serveur.listen(0, '127.0.0.1', pret));
    this.url = `http://127.0.0.1:${(this.#serveur.address() as AddressInfo).port}/jwks`;
  }

  async fermer(): Promise<void> {
    this.#serveur.closeAllConnections();
    await new Promise((fin) => this.#serveur.close(fin));
  }
}

const emetteur = new Jwks();
const attaquant = new Jwks();
let cle: Paire;
let intruse: Paire;
let gateway: GatewayEssai;
let unites: Compteur;

/** What the gateway takes for the present, beyond it; tokens are made in the real one. */
let avanceSecondes = 0;
const maintenant = Date.now.bind(Date);

beforeAll(async () => {
  // Before the gateway is made: it keeps the function.
  jest.spyOn(Date, 'now').mockImplementation(() => maintenant() + avanceSecondes * 1000);
  [cle, intruse] = [await paire('cle-1'), await paire('intruse')];
  await emetteur.ouvrir([cle.publique]);
  await attaquant.ouvrir([intruse.publique]);
  gateway = await demarrerGatewayEssai({
    env: { ...EN_PRODUCTION.env, LIMITE_ECHECS_PAR_MINUTE: '100000' },
    changer: (lue) => {
      const { oidc } = lue;
      return EN_PRODUCTION.changer({ ...lue, oidc: { ...oidc, jwksUrl: emetteur.url } });
    },
  });
  unites = compterUnites(gateway);
});
afterAll(async () => {
  await gateway?.arreter();
  await Promise.all([emetteur.fermer(), attaquant.fermer()]);
});

const present = (): number => Math.floor(maintenant() / 1000);

interface Changements {
  readonly entete?: Readonly<Record<string, unknown>>;
  readonly charge?: Readonly<Record<string, unknown>>;
  readonly signer?: CryptoKey | Uint8Array;
}

/** A token that is right in every respect, but for what an attack changes; undefined takes a claim away. */
function forger({ entete = {}, charge = {}, signer = cle.privee }: Changements = {}): Promise<string> {
  const justes = { iss: EMETTEUR, aud: AUDIENCE, sub: 'siege', iat: present(), exp: present() + 600 };
  return new SignJWT({ ...justes, ...charge })
    .setProtectedHeader({ alg: ALG, typ: 'at+jwt', kid: 'cle-1', ...entete })
    .sign(signer);
}

/** Without a library, which would refuse to sign most of these. */
function assembler(entete: object, charge: object, signature: string): string {
  const enBase64 = (valeur: object): string => Buffer.from(JSON.stringify(valeur)).toString('base64url');
  return `${enBase64(entete)}.${enBase64(charge)}.${signature}`;
}

const charge = (autres: object = {}): object => ({
  iss: EMETTEUR,
  aud: AUDIENCE,
  sub: 'siege',
  iat: present(),
  exp: present() + 600,
  ...autres,
});

async function presenter(jeton: string): Promise<{ statut: number; texte: string; entete: string | null }> {
  const reponse = await gateway.poster(null, QUESTION, { authorization: `Bearer ${jeton}` });
  return { statut: reponse.status, texte: await reponse.text(), entete: reponse.headers.get('www-authenticate') };
}

function hs256(entete: object, secret: string | Buffer): string {
  const debut = assembler({ alg: 'HS256', typ: 'at+jwt', kid: 'cle-1', ...entete }, charge(), '').slice(0, -1);
  return `${debut}.${createHmac('sha256', secret).update(debut).digest('base64url')}`;
}

const pem = (): string =>
  createPublicKey({ key: cle.publique, format: 'jwk' }).export({ type: 'spki', format: 'pem' }) as string;

const KIDS = [
  '../../../../dev/null',
  '../../etc/passwd',
  "x' union select 'cle",
  "cle-1'; drop table sillage.utilisateur; --",
  'http://127.0.0.1:1/cle',
  'file:///etc/hostname',
  '__proto__',
  'constructor',
  '',
  'cle-1\0',
  'cle-1 ',
  'CLE-1',
  'x'.repeat(2000),
];

const ATTAQUES: [string, () => Promise<string> | string][] = [
  ['alg none', () => assembler({ alg: 'none', typ: 'at+jwt' }, charge(), '')],
  ['alg None, NONE, nOnE', () => assembler({ alg: 'nOnE', typ: 'at+jwt', kid: 'cle-1' }, charge(), '')],
  [
    'alg none, avec une signature',
    async () => assembler({ alg: 'none', typ: 'at+jwt' }, charge(), (await forger()).split('.')[2]!),
  ],
  ['alg absent', () => assembler({ typ: 'at+jwt', kid: 'cle-1' }, charge(), 'AA')],
  ['HS256 signé de la clé publique en PEM', () => hs256({}, pem())],
  ['HS256 signé de la clé publique en PEM, sans fin de ligne', () => hs256({}, pem().trim())],
  [
    'HS256 signé de la clé publique en DER',
    () => hs256({}, createPublicKey({ key: cle.publique, format: 'jwk' }).export({ type: 'spki', format: 'der' })),
  ],
  ['HS256 signé de la clé publique en JWK', () => hs256({}, JSON.stringify(cle.publique))],
  ['HS256 signé du vide', () => hs256({}, '')],
  [
    'RS256, que cette plateforme n’a pas choisi',
    async () => {
      const autre = await paire('cle-1', 'RS256');
      return forger({ entete: { alg: 'RS256' }, signer: autre.privee });
    },
  ],
  [
    'signature ECDSA nulle (r = s = 0)',
    () => assembler({ alg: ALG, typ: 'at+jwt', kid: 'cle-1' }, charge(), Buffer.alloc(64).toString('base64url')),
  ],
  [
    'signature en DER au lieu de r et s',
    () => assembler({ alg: ALG, typ: 'at+jwt', kid: 'cle-1' }, charge(), Buffer.alloc(72, 1).toString('base64url')),
  ],
  ['signature vide', () => assembler({ alg: ALG, typ: 'at+jwt', kid: 'cle-1' }, charge(), '')],
  [
    'signature d’un autre jeton',
    async () =>
      assembler(
        { alg: ALG, typ: 'at+jwt', kid: 'cle-1' },
        charge({ sub: 'administrateur' }),
        (await forger()).split('.')[2]!,
      ),
  ],
  ['clé d’un inconnu sous le kid de l’émetteur', () => forger({ signer: intruse.privee })],
  [
    'clé de l’attaquant dans l’en-tête (jwk)',
    () => forger({ entete: { kid: undefined, jwk: intruse.publique }, signer: intruse.privee }),
  ],
  [
    'clé de l’attaquant dans l’en-tête, sous un kid connu',
    () => forger({ entete: { jwk: intruse.publique }, signer: intruse.privee }),
  ],
  [
    'clés de l’attaquant à une adresse (jku)',
    () => forger({ entete: { kid: 'intruse', jku: attaquant.url }, signer: intruse.privee }),
  ],
  [
    'certificats de l’attaquant à une adresse (x5u)',
    () => forger({ entete: { kid: 'intruse', x5u: attaquant.url }, signer: intruse.privee }),
  ],
  [
    'certificat de l’attaquant dans l’en-tête (x5c)',
    () => forger({ entete: { x5c: ['MIIB'] }, signer: intruse.privee }),
  ],
  [
    'le kid est l’adresse des clés de l’attaquant',
    () => forger({ entete: { kid: attaquant.url }, signer: intruse.privee }),
  ],
  ...KIDS.map((kid): [string, () => Promise<string>] => [
    `kid « ${JSON.stringify(kid).slice(0, 40)} »`,
    () => forger({ entete: { kid }, signer: intruse.privee }),
  ]),
  ['kid qui n’est pas un texte', () => assembler({ alg: ALG, typ: 'at+jwt', kid: { a: 1 } }, charge(), 'AAAA')],
  [
    'crit inconnu',
    async () => {
      const entete = { alg: ALG, typ: 'at+jwt', kid: 'cle-1', crit: ['exp'], exp: 1 };
      return new CompactSign(Buffer.from(JSON.stringify(charge())))
        .setProtectedHeader(entete)
        .sign(cle.privee, { crit: { exp: true } });
    },
  ],
  ['crit vide', () => assembler({ alg: ALG, typ: 'at+jwt', kid: 'cle-1', crit: [] }, charge(), 'AAAA')],
  [
    'charge non encodée (b64)',
    () => assembler({ alg: ALG, typ: 'at+jwt', kid: 'cle-1', crit: ['b64'], b64: false }, charge(), 'AAAA'),
  ],
  ['autre émetteur', () => forger({ charge: { iss: 'https://ailleurs.invalid' } })],
  ['émetteur à une barre près', () => forger({ charge: { iss: `${EMETTEUR}/` } })],
  ['émetteur en liste', () => forger({ charge: { iss: [EMETTEUR] } })],
  [
    'émetteur d’un autre département',
    async () => {
      const autre = await paire('cle-1');
      return forger({ charge: { iss: 'https://identite.departement-99.invalid' }, signer: autre.privee });
    },
  ],
  ['sans émetteur', () => forger({ charge: { iss: undefined } })],
  ['autre audience', () => forger({ charge: { aud: 'autre' } })],
  ['audiences sans la nôtre', () => forger({ charge: { aud: ['autre', 'sillage'] } })],
  ['audience à la casse près', () => forger({ charge: { aud: AUDIENCE.toUpperCase() } })],
  ['sans audience', () => forger({ charge: { aud: undefined } })],
  ['expiré', () => forger({ charge: { exp: present() - 10 } })],
  ['expiré depuis longtemps', () => forger({ charge: { exp: 1 } })],
  ['échéance en texte', () => forger({ charge: { exp: `${present() + 600}` } })],
  ['sans échéance', () => forger({ charge: { exp: undefined } })],
  ['échéance infinie', () => assembler({ alg: ALG, typ: 'at+jwt', kid: 'cle-1' }, charge({ exp: 1e308 }), 'AAAA')],
  ['pas encore valable', () => forger({ charge: { nbf: present() + 60 } })],
  ['sans date d’émission', () => forger({ charge: { iat: undefined } })],
  ['sans sujet', () => forger({ charge: { sub: undefined } })],
  ['sujet vide', () => forger({ charge: { sub: '' } })],
  ['sujet qui n’est pas un texte', () => forger({ charge: { sub: { $ne: null } } })],
  ['sujet interminable', () => forger({ charge: { sub: 'x'.repeat(300) } })],
  ['jeton d’identité (typ JWT)', () => forger({ entete: { typ: 'JWT' } })],
  ['sans typ', () => forger({ entete: { typ: undefined } })],
  ['jeton d’appel de sortie (typ logout+jwt)', () => forger({ entete: { typ: 'logout+jwt' } })],
  ['jeton énorme', () => forger({ charge: { bourrage: 'x'.repeat(9_000) } })],
  ['jeton chiffré (JWE)', () => 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAA.AAAA.AAAA'],
  ['JSON au lieu d’un jeton', () => '{"alg":"none"}'],
  ['points seuls', () => '..'],
  ['base64 brisé', () => '****.****.****'],
  ['en-tête qui n’est pas un objet', () => assembler([] as object, charge(), 'AAAA')],
  [
    'charge qui n’est pas un objet',
    async () =>
      new CompactSign(Buffer.from('"x"'))
        .setProtectedHeader({ alg: ALG, typ: 'at+jwt', kid: 'cle-1' })
        .sign(cle.privee),
  ],
];

/** Word for word what every fault of a token gets. */
const REFUS = {
  statut: 401,
  texte:
    '{"errors":[{"message":"Le jeton est illisible, expiré, mal signé, ou destiné à un autre service.","extensions":{"code":"JETON_INVALIDE"}}]}',
  entete: 'Bearer realm="sillage", error="invalid_token"',
};

describe('Un jeton forgé', () => {
  it('n’a que ses défauts contre lui : juste, il passe', async () => {
    expect(await presenter(await forger())).toMatchObject({ statut: 200 });
    unites.releve();
  });

  it.each(ATTAQUES)('%s : refusé, sans rien apprendre', async (_nom, fabriquer) => {
    const rendue = await presenter(await fabriquer());
    expect({ ...rendue, texte: rendue.texte.trim() }).toEqual(REFUS);
    expect(faute(rendue)).toBeUndefined();
    expect(unites.releve()).toBe(0);
    noterAttaque({ attaque: 'jetons forgés', tentatives: 1, tenues: 1 });
  });

  it('n’a fait lire aucune clé à l’adresse de l’attaquant, et peu à celle de l’émetteur', () => {
    expect(attaquant.lectures).toBe(0);
    // Unknown keys cause one reading every fifteen seconds at most.
    expect(emetteur.lectures).toBeLessThanOrEqual(5);
  });

  it('n’est pas recopié au journal', async () => {
    const jeton = await forger({ charge: { aud: 'autre' } });
    await presenter(jeton);
    const journal = gateway.journal.join('\n');
    expect(journal).toContain('Jeton refusé');
    expect(journal).not.toContain(jeton.split('.')[1]);
    expect(journal).not.toContain(jeton.split('.')[2]);
  });

  it.each(['Basic c2llZ2U6c2llZ2U=', 'Bearer', 'Bearer  ', 'Token x', 'DPoP x', 'Bearer a b', 'null'])(
    '« %s » n’en est pas un',
    async (authorization) => {
      const reponse = await gateway.poster(null, QUESTION, { authorization });
      expect([reponse.status, reponse.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="sillage"']);
      expect(await reponse.text()).toContain('NON_AUTHENTIFIE');
    },
  );

  it('ne se donne ni dans l’adresse, ni dans le corps, ni dans un témoin', async () => {
    const jeton = await forger();
    const reponses = [
      await gateway.poster(null, { ...QUESTION, access_token: jeton }),
      await gateway.poster(null, QUESTION, { cookie: `access_token=${jeton}` }),
      await fetch(`${gateway.url}?access_token=${jeton}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(QUESTION),
      }),
    ];
    for (const reponse of reponses) expect(reponse.status).toBe(401);
  });
});

describe('Une clé qui tourne', () => {
  afterEach(() => {
    avanceSecondes = 0;
    emetteur.cles = [cle.publique];
  });

  it('la nouvelle sert sans redémarrage, l’ancienne plus du tout une fois retirée', async () => {
    const longue = { exp: present() + 3600 };
    const ancien = await forger({ charge: longue });
    expect(await presenter(ancien)).toMatchObject({ statut: 200 });
    const nouvelle = await paire('cle-2');
    emetteur.cles = [nouvelle.publique];
    const nouveau = await forger({ entete: { kid: 'cle-2' }, charge: longue, signer: nouvelle.privee });
    avanceSecondes = 16;
    expect(await presenter(nouveau)).toMatchObject({ statut: 200 });
    // Not remembered: the key that signed it is gone.
    expect(await presenter(await forger({ charge: longue }))).toMatchObject({ statut: 401 });
    avanceSecondes = 601;
    expect(await presenter(ancien)).toMatchObject({ statut: 401 });
    expect(await presenter(nouveau)).toMatchObject({ statut: 200 });
    noterAttaque({ attaque: 'clé retirée par l’émetteur', tentatives: 2, tenues: 2 });
  });
});
