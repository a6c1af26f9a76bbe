import { lireInstant } from '@sillage/kernel';
import { z } from 'zod';

/** One environment variable. `attendu` completes both « indiquez … » in a fault and the table of the documentation. */
export interface Variable<S extends z.ZodType = z.ZodType> {
  readonly description: string;
  readonly attendu: string;
  /** The text read when the variable is absent or empty; null when there is none. */
  readonly defaut: string | null;
  /** Production must set it, even where development has a default. */
  readonly explicite?: boolean;
  readonly schema: S;
}

/** Every variable that the processes read, in the order of the documentation. An optional one accepts null. */
export const VARIABLES = {
  NODE_ENV: variable({
    description: 'Environnement. `production` refuse tout ce qui n’est fait que pour développer.',
    attendu: '`development`, `test` ou `production`',
    defaut: null,
    schema: z.enum(['development', 'test', 'production']),
  }),
  DATABASE_URL: variable({
    description:
      'Base PostgreSQL, avec le rôle de qui la sert : `sillage_app`, ou `sillage_jobs` pour le worker, qui ne peut pas lire les noms des jeunes. Ni l’un ni l’autre ne possède rien ; tous deux subissent l’isolation des lignes.',
    attendu: urlPostgres('sillage_app'),
    defaut: null,
    schema: url(['postgres:', 'postgresql:'], avecRoleEtBase),
  }),
  DATABASE_URL_PROPRIETAIRE: variable({
    description:
      'La même base avec le rôle propriétaire, pour les migrations seulement : ne la donnez ni au gateway ni au worker.',
    attendu: urlPostgres('sillage_proprietaire'),
    defaut: null,
    schema: url(['postgres:', 'postgresql:'], avecRoleEtBase).nullable(),
  }),
  DATABASE_URL_FILE: variable({
    description: 'La même base avec le rôle de la file des tâches. Obligatoire sans `REDIS_URL`.',
    attendu: urlPostgres('sillage_file'),
    defaut: null,
    schema: url(['postgres:', 'postgresql:'], avecRoleEtBase).nullable(),
  }),
  REDIS_URL: variable({
    description: 'Serveur Redis ou Valkey : s’il est donné, il porte la file des tâches à la place de PostgreSQL.',
    attendu: 'une URL `redis://hote:6379` ou `rediss://hote:6379`',
    defaut: null,
    schema: url(['redis:', 'rediss:']).nullable(),
  }),
  PG_CONNEXIONS: variable({
    description: 'Nombre maximal de connexions à PostgreSQL par processus.',
    ...entier(1, 200, 10),
  }),
  ADRESSE: variable({
    description: 'Adresse d’écoute des processus : `0.0.0.0` dans un conteneur.',
    attendu: 'une adresse IP ou un nom d’hôte, par exemple `0.0.0.0`',
    defaut: '127.0.0.1',
    explicite: true,
    schema: z.string().regex(/^[\w.:-]+$/),
  }),
  PORT_GATEWAY: variable({ description: 'Port de l’API GraphQL (0 : un port libre).', ...entier(0, 65535, 4000) }),
  PORT_WORKER: variable({
    description: 'Port des sondes et des mesures du worker (0 : un port libre).',
    ...entier(0, 65535, 4001),
  }),
  PORT_OIDC: variable({
    description: 'Port du fournisseur d’identité de développement (0 : un port libre).',
    ...entier(0, 65535, 4002),
  }),
  OIDC_EMETTEUR: variable({
    description: 'Émetteur des jetons (`iss`), comparé caractère par caractère. En production : `https`.',
    attendu: 'l’URL `https://…` du fournisseur d’identité, telle qu’il la publie',
    defaut: null,
    schema: url(['https:', 'http:']),
  }),
  OIDC_AUDIENCE: variable({
    description: 'Destinataire des jetons (`aud`) : l’identifiant de cette API chez le fournisseur d’identité.',
    attendu: 'l’identifiant de l’API, sans espace, par exemple `sillage`',
    defaut: null,
    schema: z.string().regex(/^\S+$/),
  }),
  OIDC_JWKS_URL: variable({
    description: 'Clés publiques du fournisseur d’identité. Sans elle, l’adresse est découverte auprès de l’émetteur.',
    attendu: 'l’URL `https://…` du jeu de clés (JWKS)',
    defaut: null,
    schema: url(['https:', 'http:']).nullable(),
  }),
  OIDC_ALGORITHMES: variable({
    description: 'Algorithmes de signature acceptés, séparés par des virgules. Tout autre est refusé.',
    attendu: 'une liste prise dans `RS256`, `PS256`, `ES256` et `EdDSA`, par exemple `RS256,ES256`',
    defaut: 'RS256',
    schema: z
      .string()
      .transform((liste) => [...new Set(liste.split(',').map((nom) => nom.trim()))])
      .pipe(z.array(z.enum(['RS256', 'PS256', 'ES256', 'EdDSA']))),
  }),
  CLE_MAITRE: variable({
    description:
      'Clé maître : elle enveloppe les clés des départements, qui chiffrent les données sensibles. Si elle se perd, ces données sont perdues ([mode d’emploi](cles.md)).',
    attendu: '32 octets en base64, tirés une fois par `openssl rand -base64 32` et gardés hors de la base',
    defaut: null,
    schema: cleMaitre(),
  }),
  CLES_MAITRES_ANCIENNES: variable({
    description:
      'Autres clés maîtres, séparées par des virgules : elles ouvrent ce qu’elles ont enveloppé, le temps d’un changement ([mode d’emploi](cles.md)).',
    attendu: 'une liste de clés de 32 octets en base64',
    defaut: null,
    schema: z
      .string()
      .transform((liste) => liste.split(',').map((cle) => cle.trim()))
      .pipe(z.array(cleMaitre()))
      .nullable(),
  }),
  DEPARTEMENT_PAR_DEFAUT: variable({
    description: 'Département servi quand la requête n’en nomme pas par l’en-tête `X-Departement`.',
    attendu: 'le code d’un département, par exemple `62`',
    defaut: null,
    schema: z
      .string()
      .regex(/^[0-9][0-9AB][0-9]?$/)
      .nullable(),
  }),
  HORLOGE_DEMO: variable({
    description:
      'Instant où démarre l’horloge de démonstration, qui avance ensuite normalement. Refusée en production.',
    attendu: 'un instant ISO avec son décalage, par exemple `2026-02-02T09:00:00+01:00`',
    defaut: null,
    schema: z.string().refine(estInstant).nullable(),
  }),
  NIVEAU_TRACES: variable({
    description: 'Niveau des traces.',
    attendu: '`fatal`, `error`, `warn`, `info`, `debug`, `trace` ou `silent`',
    defaut: 'info',
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
  }),
  HABILITATIONS_TTL_SECONDES: variable({
    description:
      'Durée, en secondes, pendant laquelle une habilitation lue est réutilisée : un retrait prend effet dans ce délai.',
    ...entier(0, 60, 30),
  }),
  CONSERVATION_LECTURES_MOIS: variable({
    description: 'Durée de conservation, en mois, du journal de qui a lu ce qui nomme des jeunes.',
    ...entier(6, 12, 12),
  }),
  PIECES_DOSSIER: variable({
    description:
      'Dossier où sont rangées les pièces jointes, chiffrées : le même pour tous les gateways et les workers ([mode d’emploi](pieces.md)). Sans lui ni `PIECES_S3_URL`, aucune pièce n’est reçue.',
    attendu: 'un chemin absolu, par exemple `/var/lib/sillage/pieces`',
    defaut: null,
    schema: z.string().startsWith('/').nullable(),
  }),
  PIECES_S3_URL: variable({
    description:
      'Magasin compatible S3 où sont rangées les pièces jointes, chiffrées, au lieu d’un dossier. Demande les quatre variables suivantes. En production : `https`.',
    attendu: 'l’URL `https://hote` du magasin, sans le nom du compartiment',
    defaut: null,
    schema: url(['https:', 'http:'], estOrigine).nullable(),
  }),
  PIECES_S3_COMPARTIMENT: variable({
    description: 'Compartiment (bucket) du magasin, qui ne sert qu’aux pièces.',
    attendu: 'le nom d’un compartiment, par exemple `sillage-pieces`',
    defaut: null,
    schema: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
      .nullable(),
  }),
  PIECES_S3_REGION: variable({
    description: 'Région du magasin, qui entre dans la signature des requêtes.',
    attendu: 'le nom d’une région, par exemple `fr-par` ; `us-east-1` si le magasin n’en a pas',
    defaut: null,
    schema: z
      .string()
      .regex(/^[a-z0-9-]{1,63}$/)
      .nullable(),
  }),
  PIECES_S3_CLE: variable({
    description: 'Identifiant de la clé d’accès au magasin.',
    attendu: 'l’identifiant d’une clé qui lit, écrit, supprime et liste dans ce compartiment',
    defaut: null,
    schema: z
      .string()
      .regex(/^[\w.@+-]{3,128}$/)
      .nullable(),
  }),
  PIECES_S3_SECRET: variable({
    description: 'Secret de la clé d’accès au magasin.',
    attendu: 'le secret qui va avec `PIECES_S3_CLE`',
    defaut: null,
    schema: z
      .string()
      .regex(/^[\x21-\x7e]{8,256}$/)
      .nullable(),
  }),
  PIECES_S3_DELAI_SECONDES: variable({
    description: 'Temps pendant lequel le magasin peut se taire ; au-delà, la demande échoue et pourra être refaite.',
    ...entier(1, 60, 10),
  }),
  PIECES_TAILLE_MAX_OCTETS: variable({
    description:
      'Taille maximale d’une pièce, en octets, quoi qu’un dispositif admette. Ne dépassez pas ce que le scanner accepte (`StreamMaxLength`).',
    ...entier(1024, 104_857_600, 20_971_520),
  }),
  CLAMD_URL: variable({
    description:
      'Scanner ClamAV (`clamd`) auquel les workers soumettent chaque pièce. Sans lui, le siège libère les pièces une à une.',
    attendu: 'une URL `tcp://hote:3310`',
    defaut: null,
    schema: url(['tcp:'], (lue) => lue.port !== '').nullable(),
  }),
  CLAMD_DELAI_SECONDES: variable({
    description: 'Temps laissé au scanner pour se prononcer sur une pièce ; au-delà, elle lui est soumise de nouveau.',
    ...entier(1, 600, 60),
  }),
  LIMITE_CORPS_OCTETS: variable({
    description: 'Taille maximale du corps d’une requête, en octets.',
    ...entier(1024, 10_485_760, 262_144),
  }),
  LIMITE_PROFONDEUR: variable({
    description: 'Profondeur maximale d’une requête GraphQL.',
    ...entier(1, 100, 12),
  }),
  LIMITE_JETONS: variable({
    description: 'Nombre maximal de jetons lexicaux d’une requête GraphQL.',
    ...entier(100, 100_000, 2000),
  }),
  LIMITE_COUT: variable({
    description:
      'Nombre maximal d’objets que la réponse à une requête GraphQL peut contenir, tailles de pages comprises.',
    ...entier(100, 1_000_000, 5000),
  }),
  LIMITE_ALIAS: variable({
    description: 'Nombre maximal d’alias dans une requête GraphQL.',
    ...entier(0, 1000, 30),
  }),
  LIMITE_POINTS_PAR_MINUTE: variable({
    description:
      'Ce qu’une personne ou une machine peut dépenser en une minute, sur tous les gateways ensemble : un point par objet que ses réponses peuvent contenir, un point par requête, cinquante par mutation.',
    ...entier(100, 999_999_999, 1_000_000),
  }),
  LIMITE_ECHECS_PAR_MINUTE: variable({
    description:
      'Requêtes sans jeton, à jeton refusé ou sans habilitation qu’une adresse peut envoyer en une minute à un gateway.',
    ...entier(1, 1_000_000, 600),
  }),
  DELAI_REQUETE_SECONDES: variable({
    description: 'Temps laissé à un client pour envoyer une requête entière : au-delà, il est déconnecté.',
    ...entier(1, 300, 30),
  }),
  MANDATAIRES: variable({
    description:
      'Mandataires (reverse proxies) placés devant les gateways : eux seuls sont crus sur l’adresse du client (`X-Forwarded-For`).',
    attendu: 'une liste d’adresses ou de réseaux, par exemple `10.0.0.5,10.1.0.0/16`',
    defaut: null,
    schema: z
      .string()
      .transform((liste) => [...new Set(liste.split(',').map((adresse) => adresse.trim()))])
      .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])))
      .nullable(),
  }),
  OPERATIONS_MANIFESTES: variable({
    description:
      'Opérations que les applications clientes déclarent : un manifeste `apollo-persisted-query-manifest` par application, séparés par des virgules ([mode d’emploi](operations.md)).',
    attendu: 'une liste de fichiers `.json`, par exemple `/etc/sillage/mission-locale.json,/etc/sillage/cllaj.json`',
    defaut: null,
    schema: z
      .string()
      .transform((liste) => [...new Set(liste.split(',').map((chemin) => chemin.trim()))])
      .pipe(z.array(z.string().endsWith('.json')))
      .nullable(),
  }),
  OPERATIONS_LIBRES: variable({
    description:
      'Si `non`, seules les opérations des manifestes sont exécutées ; si `oui`, toutes, et les identifiants des manifestes sont compris.',
    attendu: '`oui` ou `non`',
    defaut: 'oui',
    schema: z.enum(['oui', 'non']),
  }),
} as const satisfies Record<string, Variable>;

export type NomVariable = keyof typeof VARIABLES;

function variable<S extends z.ZodType>(definition: Variable<S>): Variable<S> {
  return definition;
}

function entier(
  min: number,
  max: number,
  defaut: number,
): Pick<Variable<z.ZodType<number>>, 'attendu' | 'defaut' | 'schema'> {
  return {
    attendu: `un nombre entier de ${min} à ${max}`,
    defaut: `${defaut}`,
    schema: z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number)
      .pipe(z.number().min(min).max(max)),
  };
}

/** 32 bytes in base64, in the one way that they are written. */
function cleMaitre(): z.ZodString {
  return z.string().regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/);
}

function urlPostgres(role: string): string {
  return `une URL \`postgresql://${role}:<mot de passe>@hote:5432/base\` (mot de passe encodé pour une URL)`;
}

/** The text is kept as it was written: an issuer is compared to the letter. */
function url(protocoles: readonly string[], accepte: (lue: URL) => boolean = () => true): z.ZodType<string> {
  return z.string().refine((texte) => {
    const lue = URL.parse(texte);
    return lue !== null && protocoles.includes(lue.protocol) && lue.hostname !== '' && accepte(lue);
  });
}

function estOrigine(lue: URL): boolean {
  return lue.href === `${lue.origin}/`;
}

function avecRoleEtBase(lue: URL): boolean {
  return lue.username !== '' && lue.pathname.length > 1;
}

function estInstant(texte: string): boolean {
  try {
    lireInstant(texte);
    return true;
  } catch {
    return false;
  }
}
