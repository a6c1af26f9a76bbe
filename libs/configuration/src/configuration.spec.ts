import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConfigurationInvalide } from './configuration-invalide.js';
import { chargerClesMaitres, chargerConfiguration } from './configuration.js';
import { VARIABLES } from './variables.js';
import type { NomVariable } from './variables.js';

type Env = Record<string, string | undefined>;

const MINIMALE: Env = {
  NODE_ENV: 'development',
  DATABASE_URL: 'postgresql://sillage_app:secret1@127.0.0.1:5432/sillage',
  DATABASE_URL_FILE: 'postgresql://sillage_file:secret2@127.0.0.1:5432/sillage',
  OIDC_EMETTEUR: 'http://127.0.0.1:4002',
  OIDC_AUDIENCE: 'sillage',
  CLE_MAITRE: 'Y2xlLW1haXRyZS1kLWVzc2FpLTMyLW9jdGV0cy0wMDA=',
};
const PRODUCTION: Env = {
  ...MINIMALE,
  NODE_ENV: 'production',
  ADRESSE: '0.0.0.0',
  OIDC_EMETTEUR: 'https://identite.example.fr/api/v2',
};
const NOMS = Object.keys(VARIABLES) as NomVariable[];

function lignesDe(env: Env): readonly string[] {
  try {
    chargerConfiguration(env);
    return [];
  } catch (erreur) {
    if (erreur instanceof ConfigurationInvalide) return erreur.lignes;
    throw erreur;
  }
}

describe('chargerConfiguration', () => {
  it('fills the defaults around a minimal environment', () => {
    expect(chargerConfiguration(MINIMALE)).toEqual({
      environnement: 'development',
      production: false,
      baseDeDonnees: { url: MINIMALE.DATABASE_URL, connexions: 10 },
      migrations: { url: null },
      file: { backend: 'postgres', url: MINIMALE.DATABASE_URL_FILE },
      oidc: { emetteur: 'http://127.0.0.1:4002', audience: 'sillage', jwksUrl: null, algorithmes: ['RS256'] },
      clesMaitres: { courante: MINIMALE['CLE_MAITRE'], anciennes: [] },
      gateway: { adresse: '127.0.0.1', port: 4000 },
      worker: { adresse: '127.0.0.1', port: 4001 },
      oidcDev: { adresse: '127.0.0.1', port: 4002 },
      departementParDefaut: null,
      horlogeDemo: null,
      niveauTraces: 'info',
      habilitationsTtlSecondes: 30,
      conservationLecturesMois: 12,
      pieces: { dossier: null, s3: null, tailleMaxOctets: 20_971_520, clamd: null },
      limites: {
        corpsOctets: 262_144,
        profondeur: 12,
        jetons: 2000,
        cout: 5000,
        alias: 30,
        pointsParMinute: 1_000_000,
        echecsParMinute: 600,
        delaiRequeteSecondes: 30,
      },
      mandataires: [],
      operations: { manifestes: [], libres: true },
    });
  });

  it('reads every variable', () => {
    const configuration = chargerConfiguration({
      NODE_ENV: 'test',
      DATABASE_URL: 'postgres://a:b@base:5433/d?sslmode=require',
      DATABASE_URL_PROPRIETAIRE: 'postgresql://p:b@base/d',
      DATABASE_URL_FILE: 'postgresql://f:b@base/d',
      REDIS_URL: 'rediss://:mdp@redis:6380/1',
      PG_CONNEXIONS: '20',
      ADRESSE: '::1',
      PORT_GATEWAY: '0',
      PORT_WORKER: '5001',
      PORT_OIDC: '5002',
      OIDC_EMETTEUR: 'https://idp.example.fr/api/v2/',
      OIDC_AUDIENCE: 'api',
      OIDC_JWKS_URL: 'https://idp.example.fr/jwks',
      OIDC_ALGORITHMES: 'ES256, RS256,ES256',
      CLE_MAITRE: `${'a'.repeat(42)}A=`,
      CLES_MAITRES_ANCIENNES: `${'b'.repeat(42)}A=, ${'c'.repeat(42)}A=`,
      DEPARTEMENT_PAR_DEFAUT: '2A',
      HORLOGE_DEMO: '2026-02-02T09:00:00+01:00',
      NIVEAU_TRACES: 'silent',
      HABILITATIONS_TTL_SECONDES: '0',
      CONSERVATION_LECTURES_MOIS: '6',
      PIECES_DOSSIER: '/donnees/pieces',
      PIECES_TAILLE_MAX_OCTETS: '5000',
      CLAMD_URL: 'tcp://[::1]:3310',
      CLAMD_DELAI_SECONDES: '5',
      LIMITE_CORPS_OCTETS: '2048',
      LIMITE_PROFONDEUR: '7',
      LIMITE_JETONS: '500',
      LIMITE_COUT: '900',
      LIMITE_ALIAS: '3',
      LIMITE_POINTS_PAR_MINUTE: '50000',
      LIMITE_ECHECS_PAR_MINUTE: '20',
      DELAI_REQUETE_SECONDES: '10',
      MANDATAIRES: '10.0.0.5, 10.1.0.0/16,::1',
      OPERATIONS_MANIFESTES: '/etc/a.json, b.json,/etc/a.json',
      OPERATIONS_LIBRES: 'non',
    });
    expect(configuration).toEqual({
      environnement: 'test',
      production: false,
      baseDeDonnees: { url: 'postgres://a:b@base:5433/d?sslmode=require', connexions: 20 },
      migrations: { url: 'postgresql://p:b@base/d' },
      file: { backend: 'redis', url: 'rediss://:mdp@redis:6380/1' },
      oidc: {
        emetteur: 'https://idp.example.fr/api/v2/',
        audience: 'api',
        jwksUrl: 'https://idp.example.fr/jwks',
        algorithmes: ['ES256', 'RS256'],
      },
      clesMaitres: { courante: `${'a'.repeat(42)}A=`, anciennes: [`${'b'.repeat(42)}A=`, `${'c'.repeat(42)}A=`] },
      gateway: { adresse: '::1', port: 0 },
      worker: { adresse: '::1', port: 5001 },
      oidcDev: { adresse: '::1', port: 5002 },
      departementParDefaut: '2A',
      horlogeDemo: '2026-02-02T09:00:00+01:00',
      niveauTraces: 'silent',
      habilitationsTtlSecondes: 0,
      conservationLecturesMois: 6,
      pieces: {
        dossier: '/donnees/pieces',
        s3: null,
        tailleMaxOctets: 5000,
        clamd: { hote: '::1', port: 3310, delaiMs: 5000 },
      },
      limites: {
        corpsOctets: 2048,
        profondeur: 7,
        jetons: 500,
        cout: 900,
        alias: 3,
        pointsParMinute: 50_000,
        echecsParMinute: 20,
        delaiRequeteSecondes: 10,
      },
      mandataires: ['10.0.0.5', '10.1.0.0/16', '::1'],
      operations: { manifestes: ['/etc/a.json', 'b.json'], libres: false },
    });
  });

  it('takes an empty variable as absent', () => {
    expect(chargerConfiguration({ ...MINIMALE, REDIS_URL: '', PG_CONNEXIONS: '  ' }).file.backend).toBe('postgres');
    expect(lignesDe({ ...MINIMALE, OIDC_AUDIENCE: '' })).toHaveLength(1);
  });

  it('lets Redis carry the queue without a PostgreSQL role for it', () => {
    const env = { ...MINIMALE, DATABASE_URL_FILE: undefined, REDIS_URL: 'redis://127.0.0.1:6379' };
    expect(chargerConfiguration(env).file).toEqual({ backend: 'redis', url: 'redis://127.0.0.1:6379' });
  });
});

describe('chargerClesMaitres', () => {
  it('reads the master keys where nothing else is set', () => {
    const env = { CLE_MAITRE: MINIMALE['CLE_MAITRE'], CLES_MAITRES_ANCIENNES: `${'b'.repeat(42)}A=` };
    expect(chargerClesMaitres(env)).toEqual({ courante: env.CLE_MAITRE, anciennes: [env.CLES_MAITRES_ANCIENNES] });
    expect(chargerClesMaitres(MINIMALE)).toMatchObject({ anciennes: [] });
  });

  it('says every fault, without the value', () => {
    expect(() => chargerClesMaitres({ CLES_MAITRES_ANCIENNES: 'secret' })).toThrow(
      /^Configuration refusée :\n- CLE_MAITRE : variable absente ; [^\n]+\n- CLES_MAITRES_ANCIENNES : valeur refusée ; (?!.*secret)[^\n]+$/,
    );
  });
});

describe('one line a fault', () => {
  it.each([
    ['NODE_ENV', undefined, 'NODE_ENV : variable absente ; indiquez development, test ou production.'],
    ['NODE_ENV', 'prod', 'NODE_ENV : valeur refusée ; indiquez development, test ou production.'],
    [
      'DATABASE_URL',
      'mysql://a:b@c/d',
      'DATABASE_URL : valeur refusée ; indiquez une URL postgresql://sillage_app:<mot de passe>@hote:5432/base (mot de passe encodé pour une URL).',
    ],
    [
      'DATABASE_URL_FILE',
      undefined,
      'DATABASE_URL_FILE : la file des tâches n’a pas de serveur ; indiquez une URL postgresql://sillage_file:<mot de passe>@hote:5432/base (mot de passe encodé pour une URL), ou bien REDIS_URL.',
    ],
    ['PORT_GATEWAY', '65536', 'PORT_GATEWAY : valeur refusée ; indiquez un nombre entier de 0 à 65535.'],
    [
      'OIDC_ALGORITHMES',
      'RS256,none',
      'OIDC_ALGORITHMES : valeur refusée ; indiquez une liste prise dans RS256, PS256, ES256 et EdDSA, par exemple RS256,ES256.',
    ],
    [
      'CLE_MAITRE',
      undefined,
      'CLE_MAITRE : variable absente ; indiquez 32 octets en base64, tirés une fois par openssl rand -base64 32 et gardés hors de la base.',
    ],
    [
      'HORLOGE_DEMO',
      '2026-02-02T09:00:00',
      'HORLOGE_DEMO : valeur refusée ; indiquez un instant ISO avec son décalage, par exemple 2026-02-02T09:00:00+01:00.',
    ],
    [
      'OPERATIONS_LIBRES',
      'non',
      'OPERATIONS_LIBRES : sans manifeste, rien ne serait exécuté ; indiquez oui, ou bien OPERATIONS_MANIFESTES.',
    ],
  ])('%s = %j', (nom, valeur, ligne) => {
    expect(lignesDe({ ...MINIMALE, [nom]: valeur })).toEqual([ligne]);
  });

  it.each([
    ['DATABASE_URL', 'postgresql://127.0.0.1/sillage'],
    ['DATABASE_URL', 'postgresql://app:b@127.0.0.1'],
    ['DATABASE_URL', 'postgresql://app:b@127.0.0.1/'],
    ['DATABASE_URL_PROPRIETAIRE', 'sillage'],
    ['REDIS_URL', 'http://127.0.0.1:6379'],
    ['REDIS_URL', 'redis:///1'],
    ['PG_CONNEXIONS', '0'],
    ['PG_CONNEXIONS', '1.5'],
    ['PG_CONNEXIONS', '-1'],
    ['PG_CONNEXIONS', '1e2'],
    ['PG_CONNEXIONS', 'dix'],
    ['ADRESSE', 'http://localhost'],
    ['OIDC_EMETTEUR', 'identite.example.fr'],
    ['OIDC_EMETTEUR', 'ftp://identite.example.fr'],
    ['OIDC_AUDIENCE', 'deux mots'],
    ['OIDC_JWKS_URL', 'jwks.json'],
    ['OIDC_ALGORITHMES', 'HS256'],
    ['OIDC_ALGORITHMES', ','],
    ['CLE_MAITRE', 'bW90IGRlIHBhc3Nl'],
    ['CLE_MAITRE', `${'a'.repeat(42)}B=`],
    ['CLES_MAITRES_ANCIENNES', `${'a'.repeat(42)}A=,`],
    ['DEPARTEMENT_PAR_DEFAUT', 'Pas-de-Calais'],
    ['HORLOGE_DEMO', 'demain'],
    ['NIVEAU_TRACES', 'verbose'],
    ['HABILITATIONS_TTL_SECONDES', '61'],
    ['PIECES_DOSSIER', 'pieces'],
    ['PIECES_S3_DELAI_SECONDES', '0'],
    ['CLAMD_URL', 'tcp://clamd'],
    ['CLAMD_URL', 'http://clamd:3310'],
    ['LIMITE_CORPS_OCTETS', '0'],
    ['LIMITE_PROFONDEUR', '0'],
    ['LIMITE_JETONS', '99999999999999'],
    ['LIMITE_COUT', 'Infinity'],
    ['LIMITE_ALIAS', '-1'],
    ['MANDATAIRES', 'mandataire.example'],
    ['MANDATAIRES', '10.0.0.0/33'],
    ['OPERATIONS_MANIFESTES', 'a.json,b.txt'],
    ['OPERATIONS_MANIFESTES', 'a.json,'],
    ['OPERATIONS_LIBRES', 'false'],
  ])('refuses %s = %j', (nom, valeur) => {
    const lignes = lignesDe({ ...MINIMALE, [nom]: valeur });
    expect(lignes).toHaveLength(1);
    expect(lignes[0]).toMatch(new RegExp(`^${nom} : valeur refusée ; indiquez .*\\.$`));
  });

  it('several faults at once, each its line, in the order of the documentation', () => {
    const lignes = lignesDe({ PORT_WORKER: 'x', HABILITATIONS_TTL_SECONDES: '3600', OIDC_AUDIENCE: 'sillage' });
    expect(lignes.map((ligne) => ligne.split(' : ')[0])).toEqual([
      'NODE_ENV',
      'DATABASE_URL',
      'DATABASE_URL_FILE',
      'PORT_WORKER',
      'OIDC_EMETTEUR',
      'CLE_MAITRE',
      'HABILITATIONS_TTL_SECONDES',
    ]);
  });

  it('the message of the exception is these lines', () => {
    expect(() => chargerConfiguration({ ...MINIMALE, NODE_ENV: undefined, PG_CONNEXIONS: 'x' })).toThrow(
      /^Configuration refusée :\n- NODE_ENV : [^\n]+\n- PG_CONNEXIONS : [^\n]+$/,
    );
  });

  it.each(['DATABASE_URL_PROPRIETAIRE', 'DATABASE_URL_FILE'])('%s cannot be the role of the application', (nom) => {
    const lignes = lignesDe({ ...MINIMALE, [nom]: 'postgresql://sillage_app:autre@127.0.0.1:5432/sillage' });
    expect(lignes).toEqual([expect.stringMatching(new RegExp(`^${nom} : c’est le rôle PostgreSQL de DATABASE_URL`))]);
  });

  it('two URLs without a role are each refused for that, not for sharing it', () => {
    const sansRole = 'postgresql://127.0.0.1/sillage';
    const lignes = lignesDe({ ...MINIMALE, DATABASE_URL: sansRole, DATABASE_URL_FILE: sansRole });
    expect(lignes).toHaveLength(2);
    for (const ligne of lignes) expect(ligne).toContain('valeur refusée');
  });

  it('a valid environment passes whatever the other variables of the machine', () => {
    const autres = fc.dictionary(
      fc.string().filter((nom) => !NOMS.includes(nom as NomVariable)),
      fc.string(),
    );
    fc.assert(fc.property(autres, (env) => expect(lignesDe({ ...env, ...MINIMALE })).toEqual([])));
  });
});

describe('production', () => {
  it('accepts explicit values', () => {
    expect(chargerConfiguration(PRODUCTION).production).toBe(true);
  });

  it.each([
    [
      'HORLOGE_DEMO',
      '2026-02-02T09:00:00+01:00',
      'l’horloge de démonstration est refusée en production ; retirez cette variable',
    ],
    ['HORLOGE_DEMO', 'demain', 'l’horloge de démonstration est refusée en production ; retirez cette variable'],
    ['OIDC_EMETTEUR', 'http://identite.example.fr', 'http est refusé en production ; indiquez une URL https'],
    ['OIDC_JWKS_URL', 'HTTP://identite.example.fr/jwks', 'http est refusé en production ; indiquez une URL https'],
    [
      'CLE_MAITRE',
      undefined,
      'variable absente ; indiquez 32 octets en base64, tirés une fois par openssl rand -base64 32 et gardés hors de la base',
    ],
    ['ADRESSE', undefined, 'variable absente ; indiquez une adresse IP ou un nom d’hôte, par exemple 0.0.0.0'],
  ])('refuses %s = %j', (nom, valeur, faute) => {
    expect(lignesDe({ ...PRODUCTION, [nom]: valeur })).toEqual([`${nom} : ${faute}.`]);
  });
});

describe('secrets', () => {
  it('no line ever holds a value of the environment', () => {
    const secret = fc.stringMatching(/^[a-z0-9]{12,20}$/).map((s) => `zq${s}`);
    const valeur = secret.chain((s) =>
      fc.constantFrom(
        s,
        `postgresql://app:${s}@base`,
        `mysql://app:${s}@base/d`,
        `https://${s}`,
        `http://x/${s}`,
        `${s}:`,
      ),
    );
    const env = fc.dictionary(fc.constantFrom(...NOMS), valeur, { minKeys: 1 });
    fc.assert(
      fc.property(env, fc.boolean(), (valeurs, production) => {
        const lignes = lignesDe({ ...valeurs, ...(production ? { NODE_ENV: 'production' } : {}) });
        expect(lignes.length).toBeGreaterThan(0);
        for (const ligne of lignes) expect(ligne).not.toMatch(/zq[a-z0-9]{12}/);
      }),
    );
  });
});
