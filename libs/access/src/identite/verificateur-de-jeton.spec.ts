import { createPublicKey } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { exportJWK, importJWK } from 'jose';
import { AUDIENCE, EmetteurEssai, genererCle } from '../../test/emetteur-essai.js';
import { ErreurIdentite } from './erreur-identite.js';
import { VerificateurDeJeton } from './verificateur-de-jeton.js';
import type { OptionsVerificateur } from './verificateur-de-jeton.js';

let essai: EmetteurEssai;
let causes: Readonly<Record<string, string>>[];

beforeAll(async () => {
  essai = await EmetteurEssai.demarrer();
});
afterAll(() => essai.arreter());
beforeEach(() => {
  causes = [];
});

const verificateur = (autres: Partial<OptionsVerificateur> = {}): VerificateurDeJeton =>
  new VerificateurDeJeton({
    emetteur: essai.emetteur,
    audience: AUDIENCE,
    jwksUrl: `${essai.emetteur}/jwks`,
    algorithmes: ['RS256'],
    journal: { avertir: (_message, details) => causes.push(details) },
    ...autres,
  });

/** The code and the text that the caller sees, and nothing else: no cause, no stack of causes. */
async function refus(promesse: Promise<unknown>): Promise<{ code: string; message: string; causeVisible: boolean }> {
  const erreur = await promesse.then(
    () => null,
    (raison: unknown) => raison,
  );
  expect(erreur).toBeInstanceOf(ErreurIdentite);
  const { code, message, cause } = erreur as ErreurIdentite;
  return { code, message, causeVisible: cause !== undefined };
}

const JETON_INVALIDE = {
  code: 'JETON_INVALIDE',
  message: 'Le jeton est illisible, expiré, mal signé, ou destiné à un autre service.',
  causeVisible: false,
};

const dans = (secondes: number): number => Math.floor(Date.now() / 1000) + secondes;
const base64url = (objet: object): string => Buffer.from(JSON.stringify(objet)).toString('base64url');

describe('un jeton juste', () => {
  it('dit qui parle', async () => {
    await expect(verificateur().verifier(`Bearer ${await essai.jeton()}`)).resolves.toEqual({
      iss: essai.emetteur,
      sub: 'slai-lens',
    });
  });

  it('est accepté quelle que soit la casse du mot Bearer, et par la découverte des clés', async () => {
    const decouvert = verificateur({ jwksUrl: null });
    await expect(decouvert.verifier(`bearer ${await essai.jeton()}`)).resolves.toMatchObject({ sub: 'slai-lens' });
  });
});

describe('sans jeton', () => {
  it.each([undefined, '', 'Bearer', 'Bearer ', 'Basic YTpi', 'Bearer a b'])('%p : NON_AUTHENTIFIE', async (entete) => {
    expect((await refus(verificateur().verifier(entete))).code).toBe('NON_AUTHENTIFIE');
  });
});

describe('attaques', () => {
  const attaques: [nom: string, motif: string, fabriquer: () => Promise<string>][] = [
    [
      'alg none, sans signature',
      'ERR_JOSE_ALG_NOT_ALLOWED',
      async () => {
        const [, charge] = (await essai.jeton()).split('.');
        return `${base64url({ alg: 'none', typ: 'at+jwt' })}.${charge}.`;
      },
    ],
    [
      'alg none, avec la signature d’origine',
      'ERR_JOSE_ALG_NOT_ALLOWED',
      async () => {
        const [, charge, signature] = (await essai.jeton()).split('.');
        return `${base64url({ alg: 'none', typ: 'at+jwt', kid: essai.cle.kid })}.${charge}.${signature}`;
      },
    ],
    [
      'HS256 signé avec la clé publique en PEM',
      'ERR_JOSE_ALG_NOT_ALLOWED',
      async () => {
        const pem = createPublicKey({ key: essai.cle.publique, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
        return essai.jeton({}, { entete: { alg: 'HS256' }, cle: Buffer.from(pem) });
      },
    ],
    [
      'HS256 signé avec la clé publique en JWK',
      'ERR_JOSE_ALG_NOT_ALLOWED',
      async () => essai.jeton({}, { entete: { alg: 'HS256' }, cle: Buffer.from(JSON.stringify(essai.cle.publique)) }),
    ],
    [
      'clé privée de l’attaquant sous le kid de l’émetteur',
      'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
      async () => essai.jeton({}, { cle: (await genererCle('cle-1')).privee }),
    ],
    [
      'clé de l’attaquant donnée dans l’en-tête (jwk)',
      'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
      async () => {
        const { privee, publique } = await genererCle('intruse');
        return essai.jeton({}, { entete: { kid: undefined, jwk: publique }, cle: privee });
      },
    ],
    [
      'clés de l’attaquant à une adresse (jku)',
      'ERR_JWKS_NO_MATCHING_KEY',
      async () => {
        const { privee } = await genererCle('intruse');
        return essai.jeton({}, { entete: { kid: 'intruse', jku: 'http://127.0.0.1:1/jwks' }, cle: privee });
      },
    ],
    ['kid inconnu', 'ERR_JWKS_NO_MATCHING_KEY', async () => essai.jeton({}, { entete: { kid: 'cle-perdue' } })],
    ['autre émetteur', 'ERR_JWT_CLAIM_VALIDATION_FAILED', async () => essai.jeton({ iss: 'https://ailleurs.example' })],
    [
      'même émetteur, avec une barre de plus',
      'ERR_JWT_CLAIM_VALIDATION_FAILED',
      async () => essai.jeton({ iss: `${essai.emetteur}/` }),
    ],
    ['autre audience', 'ERR_JWT_CLAIM_VALIDATION_FAILED', async () => essai.jeton({ aud: 'urn:autre:api' })],
    ['sans audience', 'ERR_JWT_CLAIM_VALIDATION_FAILED', async () => essai.jeton({ aud: undefined })],
    ['expiré', 'ERR_JWT_EXPIRED', async () => essai.jeton({ exp: dans(-30) })],
    ['sans échéance', 'ERR_JWT_CLAIM_VALIDATION_FAILED', async () => essai.jeton({ exp: undefined })],
    ['valable plus tard (nbf)', 'ERR_JWT_CLAIM_VALIDATION_FAILED', async () => essai.jeton({ nbf: dans(120) })],
    [
      'jeton d’identité (typ JWT)',
      'ERR_JWT_CLAIM_VALIDATION_FAILED',
      async () => essai.jeton({}, { entete: { typ: 'JWT' } }),
    ],
    ['sans typ', 'ERR_JWT_CLAIM_VALIDATION_FAILED', async () => essai.jeton({}, { entete: { typ: undefined } })],
    ['sans sub', 'ERR_JWT_CLAIM_VALIDATION_FAILED', async () => essai.jeton({ sub: undefined })],
    ['sub vide', 'REVENDICATIONS', async () => essai.jeton({ sub: '' })],
    ['sub interminable', 'REVENDICATIONS', async () => essai.jeton({ sub: 'x'.repeat(256) })],
    ['jeton interminable', 'TAILLE', async () => essai.jeton({ bourrage: 'x'.repeat(9000) })],
    [
      'charge modifiée après signature',
      'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
      async () => {
        const [entete, , signature] = (await essai.jeton()).split('.');
        const charge = { iss: essai.emetteur, aud: AUDIENCE, sub: 'administrateur', iat: dans(0), exp: dans(3600) };
        return `${entete}.${base64url(charge)}.${signature}`;
      },
    ],
    ['pas un jeton', 'ERR_JWS_INVALID', async () => 'abc'],
    [
      'PS256, que nous n’avons pas choisi',
      'ERR_JOSE_ALG_NOT_ALLOWED',
      async () => {
        const cle = await importJWK(await exportJWK(essai.cle.privee), 'PS256');
        return essai.jeton({}, { entete: { alg: 'PS256' }, cle });
      },
    ],
  ];

  it.each(attaques)('%s : refusé, sans dire pourquoi, mais la cause est au journal', async (_nom, motif, fabriquer) => {
    const jeton = await fabriquer();
    expect(await refus(verificateur().verifier(`Bearer ${jeton}`))).toEqual(JETON_INVALIDE);
    expect(causes.map((cause) => cause['motif'])).toEqual([motif]);
    expect(JSON.stringify(causes)).not.toContain(jeton);
  });

  it.each(['HS256', 'none', 'RS512'])('refuse d’être construit avec %s', (algorithme) => {
    expect(() => verificateur({ algorithmes: ['RS256', algorithme] })).toThrow(`« ${algorithme} »`);
    expect(() => verificateur({ algorithmes: [] })).toThrow();
  });

  it('refuse les clés d’un document de découverte qui parle pour un autre émetteur', async () => {
    const emetteur = `${essai.emetteur}/autre`;
    const jeton = await essai.jeton({ iss: emetteur });
    expect((await refus(verificateur({ emetteur, jwksUrl: null }).verifier(`Bearer ${jeton}`))).code).toBe(
      'SERVICE_INDISPONIBLE',
    );
  });
});

describe('fournisseur injoignable', () => {
  const SERVICE_INDISPONIBLE = {
    code: 'SERVICE_INDISPONIBLE',
    message: 'Un service nécessaire ne répond pas, ou la plateforme est en cours d’arrêt.',
    causeVisible: false,
  };

  it.each([
    ['personne n’écoute', () => ({ jwksUrl: 'http://127.0.0.1:1/jwks' })],
    ['personne n’écoute, à la découverte', () => ({ emetteur: 'http://127.0.0.1:1', jwksUrl: null })],
    ['il répond 404', () => ({ jwksUrl: `${essai.emetteur}/perdu` })],
    ['il répond autre chose que des clés', () => ({ jwksUrl: `${essai.emetteur}/.well-known/openid-configuration` })],
  ])('%s : ce n’est pas la faute du jeton', async (_cas, options) => {
    const perdu = verificateur(options());
    expect(await refus(perdu.verifier(`Bearer ${await essai.jeton()}`))).toEqual(SERVICE_INDISPONIBLE);
    expect(causes.map((cause) => cause['motif'])).toEqual(['FOURNISSEUR_INJOIGNABLE']);
  });

  it('il ne répond pas à temps', async () => {
    const muet = createServer(() => undefined);
    await new Promise<void>((pret) => void muet.listen(0, '127.0.0.1', pret));
    const jwksUrl = `http://127.0.0.1:${(muet.address() as AddressInfo).port}/jwks`;
    expect(await refus(verificateur({ jwksUrl }).verifier(`Bearer ${await essai.jeton()}`))).toEqual(
      SERVICE_INDISPONIBLE,
    );
    muet.closeAllConnections();
    await new Promise((fini) => muet.close(fini));
  }, 15_000);

  it('un jeton qui n’en est pas un reste invalide', async () => {
    const perdu = verificateur({ jwksUrl: 'http://127.0.0.1:1/jwks' });
    expect(await refus(perdu.verifier('Bearer abc'))).toEqual(JETON_INVALIDE);
  });
});

describe('mémoire et rotation', () => {
  it('une horloge tolère 5 secondes d’écart, pas 10', async () => {
    await expect(verificateur().verifier(`Bearer ${await essai.jeton({ exp: dans(-2) })}`)).resolves.toBeDefined();
    await expect(verificateur().verifier(`Bearer ${await essai.jeton({ exp: dans(-10) })}`)).rejects.toThrow();
  });

  it('un jeton retenu cesse de valoir quand il expire', async () => {
    let present = Date.now();
    const v = verificateur({ maintenant: () => present });
    const entete = `Bearer ${await essai.jeton({ exp: dans(60) })}`;
    await v.verifier(entete);
    present += 59_000;
    await expect(v.verifier(entete)).resolves.toBeDefined();
    present += 10_000;
    expect((await refus(v.verifier(entete))).code).toBe('JETON_INVALIDE');
  });

  it('accepte la clé qui tourne, refuse l’ancienne une fois les clés relues', async () => {
    const v = verificateur({ repitCles: 0, dureeCles: 200 });
    const ancien = `Bearer ${await essai.jeton()}`;
    await v.verifier(ancien);

    await essai.tourner('cle-2');
    await expect(v.verifier(`Bearer ${await essai.jeton()}`)).resolves.toMatchObject({ sub: 'slai-lens' });
    await new Promise((suite) => setTimeout(suite, 250));
    expect((await refus(v.verifier(ancien))).code).toBe('JETON_INVALIDE');
  });

  it('une rafale de kid inconnus ne relit pas les clés à chaque fois', async () => {
    const v = verificateur();
    await v.verifier(`Bearer ${await essai.jeton()}`);
    const avant = essai.lecturesDesCles;
    for (let i = 0; i < 20; i += 1)
      await refus(v.verifier(`Bearer ${await essai.jeton({}, { entete: { kid: `k${i}` } })}`));
    expect(essai.lecturesDesCles).toBe(avant);
  });

  it('un jeton retenu n’est pas vérifié deux fois, un jeton refusé n’est pas retenu', async () => {
    const v = verificateur({ capacite: 1 });
    const juste = `Bearer ${await essai.jeton()}`;
    const premier = await v.verifier(juste);
    expect(await v.verifier(juste)).toBe(premier);
    await refus(v.verifier(`Bearer ${await essai.jeton({ aud: 'autre' })}`));
    expect(await v.verifier(juste)).toBe(premier);
    await v.verifier(`Bearer ${await essai.jeton({ sub: 'autre' })}`);
    expect(await v.verifier(juste)).not.toBe(premier);
  });
});
