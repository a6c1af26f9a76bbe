import { z } from 'zod';
import { ConfigurationInvalide } from './configuration-invalide.js';
import { VARIABLES } from './variables.js';
import type { NomVariable, Variable } from './variables.js';

/** Where the job queue lives: Redis when it is given, PostgreSQL otherwise. */
export type ConfigurationFile =
  { readonly backend: 'postgres'; readonly url: string } | { readonly backend: 'redis'; readonly url: string };

/** A store that speaks S3, and the key that opens one bucket of it. */
export interface MagasinLu {
  readonly url: string;
  readonly compartiment: string;
  readonly region: string;
  /** Its second half is a secret. */
  readonly cle: { readonly id: string; readonly secret: string };
}

export type Environnement = Readonly<Record<string, string | undefined>>;

type Schemas = { [N in NomVariable]: (typeof VARIABLES)[N]['schema'] };
type Valeurs = z.output<z.ZodObject<Schemas>>;

/** The value of each variable, checked alone and with the others. @throws ConfigurationInvalide with one line a fault. */
export function lireVariables(env: Environnement): Valeurs & { file: ConfigurationFile; magasinS3: MagasinLu | null } {
  const lu = SCHEMA.safeParse(Object.fromEntries(NOMS.map((nom) => [nom, texte(env, nom) ?? VARIABLES[nom].defaut])));
  const refusees = (lu.error?.issues ?? []).map(({ path }) => path[0] as NomVariable);
  // One line a variable: what the whole forbids replaces what the variable alone lacks.
  const fautes = new Map([
    ...[...refusees, ...tues(env)].map((nom) => [nom, faute(env, nom)] as const),
    ...incoherences(env),
  ]);
  const file = fileDe(env);
  if (!lu.success || file === null || fautes.size > 0) {
    throw new ConfigurationInvalide(NOMS.flatMap((nom) => (fautes.has(nom) ? [`${nom} : ${fautes.get(nom)}.`] : [])));
  }
  return { ...lu.data, file, magasinS3: magasinDe(lu.data) };
}

/** The master keys alone, for a command that needs nothing else. @throws ConfigurationInvalide with one line a fault */
export function lireClesMaitres(env: Environnement): Pick<Valeurs, (typeof DES_CLES)[number]> {
  const valeurs = Object.fromEntries(DES_CLES.map((nom) => [nom, texte(env, nom)]));
  const lu = SCHEMA.pick({ CLE_MAITRE: true, CLES_MAITRES_ANCIENNES: true }).safeParse(valeurs);
  if (lu.success) return lu.data;
  const refusees = new Set(lu.error.issues.map(({ path }) => path[0] as NomVariable));
  throw new ConfigurationInvalide([...refusees].map((nom) => `${nom} : ${faute(env, nom)}.`));
}

const DES_CLES = ['CLE_MAITRE', 'CLES_MAITRES_ANCIENNES'] as const;
const NOMS = Object.keys(VARIABLES) as NomVariable[];
const SCHEMA = z.object(Object.fromEntries(NOMS.map((nom) => [nom, VARIABLES[nom].schema])) as Schemas);

/** An empty variable is an absent one: shells and compose files write `X=` for "not set". */
function texte(env: Environnement, nom: NomVariable): string | null {
  return env[nom]?.trim() || null;
}

function enProduction(env: Environnement): boolean {
  return texte(env, 'NODE_ENV') === 'production';
}

/** The variables whose default production does not accept. */
function tues(env: Environnement): NomVariable[] {
  if (!enProduction(env)) return [];
  return NOMS.filter((nom) => (VARIABLES[nom] as Variable).explicite === true && texte(env, nom) === null);
}

/** The value itself is never quoted: a password may have been put in the wrong variable. */
function faute(env: Environnement, nom: NomVariable): string {
  return `${texte(env, nom) === null ? 'variable absente' : 'valeur refusée'} ; indiquez ${attendu(nom)}`;
}

function attendu(nom: NomVariable): string {
  return VARIABLES[nom].attendu.replaceAll('`', '');
}

function fileDe(env: Environnement): ConfigurationFile | null {
  const redis = texte(env, 'REDIS_URL');
  if (redis !== null) return { backend: 'redis', url: redis };
  const postgres = texte(env, 'DATABASE_URL_FILE');
  return postgres === null ? null : { backend: 'postgres', url: postgres };
}

const DU_MAGASIN = [
  'PIECES_S3_URL',
  'PIECES_S3_COMPARTIMENT',
  'PIECES_S3_REGION',
  'PIECES_S3_CLE',
  'PIECES_S3_SECRET',
] as const;

function magasinDe(v: Valeurs): MagasinLu | null {
  const [url, compartiment, region, id, secret] = DU_MAGASIN.map((nom) => v[nom]);
  return url && compartiment && region && id && secret ? { url, compartiment, region, cle: { id, secret } } : null;
}

function incoherences(env: Environnement): [NomVariable, string][] {
  return [
    ...fileSansServeur(env),
    ...rolesPartages(env),
    ...operationsSansManifeste(env),
    ...magasinIncomplet(env),
    ...magasinEtDossier(env),
    ...(enProduction(env) ? refusEnProduction(env) : []),
  ];
}

function fileSansServeur(env: Environnement): [NomVariable, string][] {
  if (fileDe(env) !== null) return [];
  const remede = `indiquez ${attendu('DATABASE_URL_FILE')}, ou bien REDIS_URL`;
  return [['DATABASE_URL_FILE', `la file des tâches n’a pas de serveur ; ${remede}`]];
}

/** Three roles hold the walls of the database up: the one that serves requests must own nothing. */
function rolesPartages(env: Environnement): [NomVariable, string][] {
  const application = urlDe(env, 'DATABASE_URL')?.username ?? '';
  return (['DATABASE_URL_PROPRIETAIRE', 'DATABASE_URL_FILE'] as const)
    .filter((nom) => application !== '' && urlDe(env, nom)?.username === application)
    .map((nom) => [nom, 'c’est le rôle PostgreSQL de DATABASE_URL ; indiquez une URL avec un autre rôle']);
}

/** Closed to everybody is a mistake, not a policy. */
function operationsSansManifeste(env: Environnement): [NomVariable, string][] {
  if (texte(env, 'OPERATIONS_LIBRES') !== 'non' || texte(env, 'OPERATIONS_MANIFESTES') !== null) return [];
  return [
    ['OPERATIONS_LIBRES', 'sans manifeste, rien ne serait exécuté ; indiquez oui, ou bien OPERATIONS_MANIFESTES'],
  ];
}

/** Half a store is none: it would only be known at the first piece. */
function magasinIncomplet(env: Environnement): [NomVariable, string][] {
  const donnee = DU_MAGASIN.find((nom) => texte(env, nom) !== null);
  if (donnee === undefined) return [];
  return DU_MAGASIN.filter((nom) => texte(env, nom) === null).map((nom) => [
    nom,
    `variable absente alors que ${donnee} est donnée ; indiquez ${attendu(nom)}`,
  ]);
}

/** Of two places, what is in one would be missing in the other. */
function magasinEtDossier(env: Environnement): [NomVariable, string][] {
  if (texte(env, 'PIECES_DOSSIER') === null || DU_MAGASIN.every((nom) => texte(env, nom) === null)) return [];
  return [
    [
      'PIECES_DOSSIER',
      'les pièces ne sont rangées qu’à un endroit ; retirez cette variable, ou bien PIECES_S3_URL et les suivantes',
    ],
  ];
}

function refusEnProduction(env: Environnement): [NomVariable, string][] {
  const enClair = (['OIDC_EMETTEUR', 'OIDC_JWKS_URL', 'PIECES_S3_URL'] as const)
    .filter((nom) => urlDe(env, nom)?.protocol === 'http:')
    .map((nom): [NomVariable, string] => [nom, 'http est refusé en production ; indiquez une URL https']);
  if (texte(env, 'HORLOGE_DEMO') === null) return enClair;
  return [
    ...enClair,
    ['HORLOGE_DEMO', 'l’horloge de démonstration est refusée en production ; retirez cette variable'],
  ];
}

function urlDe(env: Environnement, nom: NomVariable): URL | null {
  return URL.parse(texte(env, nom) ?? '');
}
