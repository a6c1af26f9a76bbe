import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { VerificateurDeJeton } from '@sillage/access';
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair } from 'jose';
import {
  CLIENT_DEMO,
  demarrerFournisseur,
  lireCleMachine,
  MACHINES_DEMO,
  obtenirJeton,
  obtenirJetonMachine,
  obtenirJetons,
  PERSONNES_DEMO,
  REDIRECTION_DEMO,
} from './index.js';
import type { Fournisseur } from './index.js';

const AUDIENCE = 'sillage-essai';

let dossier: string;
let fournisseur: Fournisseur;

beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'oidc-dev-'));
  fournisseur = await demarrerFournisseur({ dossier, audience: AUDIENCE });
});
afterAll(async () => {
  await fournisseur.arreter();
  await rm(dossier, { recursive: true });
});

const verificateur = (emetteur = fournisseur.emetteur, jwksUrl: string | null = null): VerificateurDeJeton =>
  new VerificateurDeJeton({
    emetteur,
    audience: AUDIENCE,
    jwksUrl,
    algorithmes: ['RS256'],
    journal: { avertir: () => undefined },
  });

describe('les jetons', () => {
  it.each(PERSONNES_DEMO.map(({ sub }) => sub))('%s se connecte et le gateway le reconnaît', async (compte) => {
    const jeton = await obtenirJeton({ emetteur: fournisseur.emetteur, compte });
    const identite = await verificateur().verifier(`Bearer ${jeton}`);
    expect(identite).toEqual({ iss: fournisseur.emetteur, sub: compte });
  });

  it.each(MACHINES_DEMO.map(({ sub }) => sub))('%s signe sa demande et le gateway la reconnaît', async (machine) => {
    const cle = await lireCleMachine(dossier, machine);
    const jeton = await obtenirJetonMachine({ emetteur: fournisseur.emetteur, machine, cle });
    await expect(verificateur().verifier(`Bearer ${jeton}`)).resolves.toEqual({
      iss: fournisseur.emetteur,
      sub: machine,
    });
  });

  it('valent une heure, pour cette API, et ne disent rien de la personne ni de ses droits', async () => {
    const jeton = await obtenirJeton({ emetteur: fournisseur.emetteur, compte: 'siege' });
    expect(decodeProtectedHeader(jeton)).toEqual({ alg: 'RS256', typ: 'at+jwt', kid: expect.any(String) });
    const { iat = 0, exp = 0, ...reste } = decodeJwt(jeton);
    expect(exp - iat).toBe(3600);
    expect(reste).toEqual({
      iss: fournisseur.emetteur,
      aud: AUDIENCE,
      sub: 'siege',
      client_id: CLIENT_DEMO,
      jti: expect.any(String),
    });
  });

  it('le jeton d’identité ne donne pas accès à l’API', async () => {
    const { identite } = await obtenirJetons({ emetteur: fournisseur.emetteur, compte: 'siege' });
    expect(decodeJwt(identite)).toMatchObject({ sub: 'siege', aud: CLIENT_DEMO });
    await expect(verificateur().verifier(`Bearer ${identite}`)).rejects.toMatchObject({ code: 'JETON_INVALIDE' });
  });

  it('gardent leur émetteur quand le fournisseur doit écouter ailleurs', async () => {
    const emetteur = 'http://127.0.0.1:4002';
    const deplace = await demarrerFournisseur({ dossier, audience: AUDIENCE, emetteur });
    const { adresse } = deplace;
    expect(deplace.emetteur).toBe(emetteur);
    const machine = 'machine-association';
    const jetons = [
      await obtenirJeton({ emetteur, adresse, compte: 'siege' }),
      await obtenirJetonMachine({ emetteur, adresse, machine, cle: await lireCleMachine(dossier, machine) }),
    ];
    for (const jeton of jetons) {
      const identite = await verificateur(emetteur, `${adresse}/jwks`).verifier(`Bearer ${jeton}`);
      expect(identite.iss).toBe(emetteur);
    }
    await deplace.arreter();
  });

  it('un compte inconnu est refusé, avec la liste des comptes', async () => {
    await expect(obtenirJeton({ emetteur: fournisseur.emetteur, compte: 'prefet' })).rejects.toThrow('slai-lens');
  });

  it('une machine ne parle qu’avec sa propre clé', async () => {
    const { emetteur } = fournisseur;
    const machine = 'machine-association';
    const autre = await lireCleMachine(dossier, 'machine-mission-locale');
    await expect(obtenirJetonMachine({ emetteur, machine, cle: autre })).rejects.toThrow('401');
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const { kid } = await lireCleMachine(dossier, machine);
    const inventee = { ...(await exportJWK(privateKey)), alg: 'ES256', kid };
    await expect(obtenirJetonMachine({ emetteur, machine, cle: inventee })).rejects.toThrow('401');
    await expect(lireCleMachine(dossier, '../cles')).rejects.toThrow('n’est pas une machine');
  });
});

describe('la connexion', () => {
  const demander = async (parametres: Record<string, string>): Promise<Response> => {
    const url = new URL('/auth', fournisseur.emetteur);
    url.search = new URLSearchParams({
      client_id: CLIENT_DEMO,
      redirect_uri: REDIRECTION_DEMO,
      response_type: 'code',
      scope: 'openid',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      ...parametres,
    }).toString();
    return fetch(url, { redirect: 'manual' });
  };
  const interaction = async (): Promise<{ url: URL; cookie: string }> => {
    const reponse = await demander({});
    const cookie = reponse.headers
      .getSetCookie()
      .map((temoin) => temoin.split(';')[0])
      .join('; ');
    return { url: new URL(reponse.headers.get('location')!, fournisseur.emetteur), cookie };
  };

  it('montre en français les comptes des personnes, et elles seules', async () => {
    const { url, cookie } = await interaction();
    const reponse = await fetch(url, { headers: { cookie } });
    const page = await reponse.text();
    expect(reponse.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page).toContain('<html lang="fr">');
    for (const { sub } of PERSONNES_DEMO) expect(page).toContain(`value="${sub}"`);
    for (const { sub } of MACHINES_DEMO) expect(page).not.toContain(`value="${sub}"`);
  });

  it.each([
    ['un autre navigateur', { compte: 'siege' }, false],
    ['une machine', { compte: 'machine-association' }, true],
    ['un compte inconnu', { compte: 'prefet' }, true],
    ['aucun compte', {}, true],
  ])('refuse %s', async (_nom, formulaire: Record<string, string>, avecTemoins) => {
    const { url, cookie } = await interaction();
    const entetes = avecTemoins ? { cookie } : undefined;
    const reponse = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams(formulaire),
      redirect: 'manual',
      ...(entetes && { headers: entetes }),
    });
    expect(reponse.status).toBe(400);
    expect(await reponse.text()).toContain('Connexion impossible');
  });

  it('refuse une redirection qui n’est pas celle du client', async () => {
    const reponse = await demander({ redirect_uri: 'https://voleur.example/retour' });
    expect(reponse.status).toBe(400);
    expect(reponse.headers.get('location')).toBeNull();
  });

  it('refuse de se passer de PKCE', async () => {
    const reponse = await demander({ code_challenge: '', code_challenge_method: '' });
    expect(reponse.headers.get('location')).toContain('error=invalid_request');
  });

  it('laisse changer de compte dans le même navigateur', async () => {
    const temoins = new Map<string, string>();
    const aller = async (
      url: URL | string,
      formulaire?: Record<string, string>,
    ): Promise<{ suite: string | null; page: string }> => {
      const reponse = await fetch(new URL(url, fournisseur.emetteur), {
        redirect: 'manual',
        headers: { cookie: [...temoins].map(([nom, valeur]) => `${nom}=${valeur}`).join('; ') },
        ...(formulaire && { method: 'POST', body: new URLSearchParams(formulaire) }),
      });
      for (const temoin of reponse.headers.getSetCookie()) {
        const [, nom, valeur] = /^([^=]+)=([^;]*)/.exec(temoin)!;
        temoins.set(nom!, valeur!);
      }
      return { suite: reponse.headers.get('location'), page: await reponse.text() };
    };
    const choisir = async (compte: string): Promise<{ suite: string | null; page: string }> => {
      const { suite } = await aller((await demander({})).url);
      return aller((await aller(suite!, { compte })).suite!);
    };
    expect((await choisir('siege')).suite).toContain('code=');
    // The provider first closes the other account's session, by a page that submits itself.
    const { page } = await choisir('slai-lens');
    const [, action] = /action="([^"]+)"/.exec(page)!;
    const champs: Record<string, string> = {};
    for (const [, nom, valeur] of page.matchAll(/name="(\w+)" value="([^"]+)"/g)) champs[nom!] = valeur!;
    expect((await aller((await aller(action!, champs)).suite!)).suite).toContain('code=');
  });

  it('accepte tout port de cette machine', async () => {
    const reponse = await demander({ redirect_uri: 'http://127.0.0.1:5173/retour' });
    expect(reponse.headers.get('location')).toContain('/interaction/');
  });
});

describe('les clés', () => {
  it('survivent à un redémarrage, dans des fichiers que soi seul peut lire', async () => {
    const temporaire = await mkdtemp(join(tmpdir(), 'oidc-dev-'));
    const premier = await demarrerFournisseur({ dossier: temporaire, audience: AUDIENCE });
    const jeton = await obtenirJeton({ emetteur: premier.emetteur, compte: 'siege' });
    await premier.arreter();
    const port = Number(new URL(premier.emetteur).port);
    const second = await demarrerFournisseur({ dossier: temporaire, audience: AUDIENCE, port });
    await expect(verificateur(second.emetteur).verifier(`Bearer ${jeton}`)).resolves.toMatchObject({ sub: 'siege' });
    await second.arreter();

    const fichiers = await readdir(temporaire, { recursive: true, withFileTypes: true });
    const clairs = fichiers.filter((fichier) => fichier.isFile());
    expect(clairs).toHaveLength(1 + MACHINES_DEMO.length);
    for (const fichier of clairs) {
      const { mode } = await stat(join(fichier.parentPath, fichier.name));
      expect([fichier.name, mode & 0o077]).toEqual([fichier.name, 0]);
    }
    await rm(temporaire, { recursive: true });
  });

  it('ne publient que leur moitié publique', async () => {
    const jwks = (await (await fetch(`${fournisseur.emetteur}/jwks`)).json()) as { keys: Record<string, unknown>[] };
    expect(jwks.keys).toHaveLength(1);
    expect(Object.keys(jwks.keys[0]!).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });
});

describe('en production', () => {
  const avant = process.env['NODE_ENV'];
  afterEach(() => {
    process.env['NODE_ENV'] = avant;
  });

  it('refuse de démarrer', async () => {
    process.env['NODE_ENV'] = 'production';
    await expect(demarrerFournisseur({ dossier, audience: AUDIENCE })).rejects.toThrow('ne démarre pas en production');
  });
});
