import { lireClesMaitres, lireVariables } from './lecture.js';
import type { ConfigurationFile, Environnement, MagasinLu } from './lecture.js';

/** What the environment says, checked and typed. Built once at boot, then passed on: nothing else reads the environment. */
export interface Configuration {
  readonly environnement: 'development' | 'test' | 'production';
  readonly production: boolean;
  readonly baseDeDonnees: { readonly url: string; readonly connexions: number };
  /** The owner's URL, which only migrations are given. */
  readonly migrations: { readonly url: string | null };
  readonly file: ConfigurationFile;
  readonly oidc: {
    readonly emetteur: string;
    readonly audience: string;
    readonly jwksUrl: string | null;
    readonly algorithmes: readonly AlgorithmeOidc[];
  };
  readonly clesMaitres: ClesMaitresLues;
  readonly gateway: Ecoute;
  readonly worker: Ecoute;
  readonly oidcDev: Ecoute;
  readonly departementParDefaut: string | null;
  /** ISO instant with its offset; always null in production. */
  readonly horlogeDemo: string | null;
  readonly niveauTraces: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  readonly habilitationsTtlSecondes: number;
  readonly conservationLecturesMois: number;
  readonly pieces: {
    /** Where their bytes are kept: a folder, a store, or nowhere, and none is received. */
    readonly dossier: string | null;
    readonly s3: MagasinS3 | null;
    readonly tailleMaxOctets: number;
    /** Null: nobody looks for malware, a person releases each. */
    readonly clamd: { readonly hote: string; readonly port: number; readonly delaiMs: number } | null;
  };
  readonly limites: {
    readonly corpsOctets: number;
    readonly profondeur: number;
    readonly jetons: number;
    readonly cout: number;
    readonly alias: number;
    /** What one user may spend in a minute. */
    readonly pointsParMinute: number;
    /** Requests of one address that may fail to identify anybody in a minute. */
    readonly echecsParMinute: number;
    /** How long a client may take to send a request. */
    readonly delaiRequeteSecondes: number;
  };
  /** Addresses and networks of the reverse proxies that may speak for a client. */
  readonly mandataires: readonly string[];
  readonly operations: {
    /** Paths of the manifests, each relative to where the process was started. */
    readonly manifestes: readonly string[];
    /** Whether what no manifest declares runs too. */
    readonly libres: boolean;
  };
}

export type AlgorithmeOidc = 'RS256' | 'PS256' | 'ES256' | 'EdDSA';

export interface MagasinS3 extends MagasinLu {
  /** How long it may stay silent. */
  readonly delaiMs: number;
}

/** Secrets, in base64: the key that wraps, and those that only unwrap. */
export interface ClesMaitresLues {
  readonly courante: string;
  readonly anciennes: readonly string[];
}

export interface Ecoute {
  readonly adresse: string;
  readonly port: number;
}

/** Reads and checks the whole environment. @throws ConfigurationInvalide with every fault at once. */
export function chargerConfiguration(env: Environnement): Configuration {
  const v = lireVariables(env);
  const production = v.NODE_ENV === 'production';
  return {
    environnement: v.NODE_ENV,
    production,
    baseDeDonnees: { url: v.DATABASE_URL, connexions: v.PG_CONNEXIONS },
    migrations: { url: v.DATABASE_URL_PROPRIETAIRE },
    file: v.file,
    oidc: {
      emetteur: v.OIDC_EMETTEUR,
      audience: v.OIDC_AUDIENCE,
      jwksUrl: v.OIDC_JWKS_URL,
      algorithmes: v.OIDC_ALGORITHMES,
    },
    clesMaitres: clesMaitresDe(v),
    gateway: { adresse: v.ADRESSE, port: v.PORT_GATEWAY },
    worker: { adresse: v.ADRESSE, port: v.PORT_WORKER },
    oidcDev: { adresse: v.ADRESSE, port: v.PORT_OIDC },
    departementParDefaut: v.DEPARTEMENT_PAR_DEFAUT,
    horlogeDemo: v.HORLOGE_DEMO,
    niveauTraces: v.NIVEAU_TRACES,
    habilitationsTtlSecondes: v.HABILITATIONS_TTL_SECONDES,
    conservationLecturesMois: v.CONSERVATION_LECTURES_MOIS,
    pieces: {
      dossier: v.PIECES_DOSSIER,
      s3: v.magasinS3 && { ...v.magasinS3, delaiMs: v.PIECES_S3_DELAI_SECONDES * 1000 },
      tailleMaxOctets: v.PIECES_TAILLE_MAX_OCTETS,
      clamd: clamdDe(v.CLAMD_URL, v.CLAMD_DELAI_SECONDES),
    },
    limites: {
      corpsOctets: v.LIMITE_CORPS_OCTETS,
      profondeur: v.LIMITE_PROFONDEUR,
      jetons: v.LIMITE_JETONS,
      cout: v.LIMITE_COUT,
      alias: v.LIMITE_ALIAS,
      pointsParMinute: v.LIMITE_POINTS_PAR_MINUTE,
      echecsParMinute: v.LIMITE_ECHECS_PAR_MINUTE,
      delaiRequeteSecondes: v.DELAI_REQUETE_SECONDES,
    },
    mandataires: v.MANDATAIRES ?? [],
    operations: { manifestes: v.OPERATIONS_MANIFESTES ?? [], libres: v.OPERATIONS_LIBRES === 'oui' },
  };
}

function clamdDe(adresse: string | null, delaiSecondes: number): Configuration['pieces']['clamd'] {
  if (adresse === null) return null;
  const { hostname, port } = new URL(adresse);
  // An IPv6 address stands in brackets in a URL, and without them for a connection.
  return { hote: hostname.replace(/^\[|\]$/g, ''), port: Number(port), delaiMs: delaiSecondes * 1000 };
}

/** The master keys of an environment of which nothing else is read. @throws ConfigurationInvalide */
export function chargerClesMaitres(env: Environnement): ClesMaitresLues {
  return clesMaitresDe(lireClesMaitres(env));
}

function clesMaitresDe(v: ReturnType<typeof lireClesMaitres>): ClesMaitresLues {
  return { courante: v.CLE_MAITRE, anciennes: v.CLES_MAITRES_ANCIENNES ?? [] };
}
