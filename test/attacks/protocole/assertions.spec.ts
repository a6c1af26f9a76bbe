import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demarrerFournisseur, type Fournisseur, lireCleMachine } from '@sillage/oidc-dev';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { noterAttaque } from '../bilan.js';

const ALG = 'ES256';
const AUDIENCE = 'sillage-essais';
const present = (): number => Math.floor(Date.now() / 1000);

describe('Chez le fournisseur d’identité', () => {
  let dossier = '';
  let fournisseur: Fournisseur;
  beforeAll(async () => {
    dossier = await mkdtemp(join(tmpdir(), 'attaques-oidc-'));
    fournisseur = await demarrerFournisseur({ dossier, audience: AUDIENCE });
  });
  afterAll(async () => {
    await fournisseur?.arreter();
    await rm(dossier, { recursive: true, force: true });
  });

  const MACHINE = 'machine-association';
  async function assertion(
    autres: { jti?: string; aud?: string; exp?: number; sub?: string; cle?: JWK } = {},
  ): Promise<string> {
    const privee = autres.cle ?? (await lireCleMachine(dossier, MACHINE));
    return new SignJWT()
      .setProtectedHeader({ alg: privee.alg!, kid: privee.kid! })
      .setIssuer(autres.sub ?? MACHINE)
      .setSubject(autres.sub ?? MACHINE)
      .setAudience(autres.aud ?? fournisseur.emetteur)
      .setJti(autres.jti ?? randomUUID())
      .setIssuedAt()
      .setExpirationTime(autres.exp ?? present() + 60)
      .sign(await importJWK(privee));
  }
  async function demander(client_assertion: string): Promise<{ statut: number; lue: Record<string, unknown> }> {
    const reponse = await fetch(`${fournisseur.emetteur}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion,
      }),
    });
    return { statut: reponse.status, lue: (await reponse.json()) as Record<string, unknown> };
  }

  it('une assertion de machine ne sert qu’une fois', async () => {
    const une = await assertion();
    expect(await demander(une)).toMatchObject({ statut: 200, lue: { access_token: expect.any(String) } });
    const rejouee = await demander(une);
    expect(rejouee).toMatchObject({ statut: 401, lue: { error: 'invalid_client' } });
    expect(rejouee.lue).not.toHaveProperty('access_token');
    noterAttaque({ attaque: 'assertion de machine rejouée', tentatives: 1, tenues: 1 });
  });

  it('ni rejouée en même temps', async () => {
    const une = await assertion();
    const rendues = await Promise.all(Array.from({ length: 8 }, () => demander(une)));
    expect(rendues.filter(({ statut }) => statut === 200)).toHaveLength(1);
  });

  it.each([
    ['d’un autre destinataire', async () => assertion({ aud: 'https://ailleurs.invalid' })],
    ['expirée', async () => assertion({ exp: present() - 600 })],
    ['d’une autre machine, avec sa propre clé', async () => assertion({ sub: 'machine-mission-locale' })],
    ['d’une clé inconnue', async () => assertion({ cle: await cleDInconnu() })],
    ['du client public', async () => assertion({ sub: 'sillage-demo' })],
  ])('une assertion %s est refusée, en ces termes', async (_nom, fabriquer) => {
    const { statut, lue } = await demander(await fabriquer());
    expect([statut, lue['error'], Object.keys(lue).sort()]).toEqual([
      401,
      'invalid_client',
      ['error', 'error_description'],
    ]);
    expect(lue['error_description']).toBe('client authentication failed');
    noterAttaque({ attaque: 'assertions de machine forgées', tentatives: 1, tenues: 1 });
  });

  async function cleDInconnu(): Promise<JWK> {
    const { privateKey } = await generateKeyPair(ALG, { extractable: true });
    return { ...(await exportJWK(privateKey)), kid: 'inconnue', alg: ALG };
  }
});
