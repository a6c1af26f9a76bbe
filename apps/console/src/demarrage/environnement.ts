import { join, resolve } from 'node:path';
import type { UrlsBase } from '@sillage/persistence';
import { portLibre } from './ports.js';
import type { Progres } from './progres.js';

const ADRESSE = '127.0.0.1';
const AUDIENCE = 'sillage';
const DEPARTEMENT = '62';

/** Where each process listens, and what it is reached by. */
export interface Adresses {
  readonly ports: { readonly PORT_GATEWAY: number; readonly PORT_WORKER: number; readonly PORT_OIDC: number };
  readonly gateway: string;
  readonly worker: string;
  readonly oidc: string;
  readonly graphql: string;
  readonly graphiql: string;
}

const VOULUS = { PORT_GATEWAY: 4000, PORT_WORKER: 4001, PORT_OIDC: 4002 } as const;

/** The wanted ports, or the next free ones, which is then said. */
export async function choisirAdresses(env: NodeJS.ProcessEnv, progres: Progres): Promise<Adresses> {
  const reserves = new Set<number>();
  const choisir = async (variable: keyof typeof VOULUS): Promise<number> => {
    const voulu = /^\d{1,5}$/.test(env[variable] ?? '') ? Number(env[variable]) : VOULUS[variable];
    const port = await portLibre(ADRESSE, voulu, reserves);
    reserves.add(port);
    if (port !== voulu) progres.annoncer(`… ${variable} : le port ${voulu} est pris, ${port} le remplace`);
    return port;
  };
  const ports = {
    PORT_GATEWAY: await choisir('PORT_GATEWAY'),
    PORT_WORKER: await choisir('PORT_WORKER'),
    PORT_OIDC: await choisir('PORT_OIDC'),
  };
  const base = (port: number): string => `http://${ADRESSE}:${port}`;
  const gateway = base(ports.PORT_GATEWAY);
  return {
    ports,
    gateway,
    worker: base(ports.PORT_WORKER),
    oidc: base(ports.PORT_OIDC),
    graphql: `${gateway}/graphql`,
    graphiql: `${gateway}/graphiql`,
  };
}

export interface OptionsEnvironnement {
  readonly dossier: string;
  readonly urls: UrlsBase;
  readonly adresses: Adresses;
  readonly emetteur: string;
  /** Unless the user has one. */
  readonly cleMaitre: string;
}

/**
 * What the processes are told: the user's own environment, and over it what the demonstration decides. The owner's
 * address is for migrations and goes to none of them.
 */
export function environnement(env: NodeJS.ProcessEnv, options: OptionsEnvironnement): NodeJS.ProcessEnv {
  const { dossier, urls, adresses, emetteur, cleMaitre } = options;
  return {
    OIDC_AUDIENCE: AUDIENCE,
    DEPARTEMENT_PAR_DEFAUT: DEPARTEMENT,
    ...(env['PIECES_S3_URL'] ? {} : { PIECES_DOSSIER: resolve(dossier, 'pieces') }),
    ...env,
    NODE_ENV: 'development',
    ADRESSE,
    ...Object.fromEntries(Object.entries(adresses.ports).map(([nom, port]) => [nom, String(port)])),
    DATABASE_URL: urls.urlApp,
    DATABASE_URL_FILE: urls.urlFile,
    DATABASE_URL_PROPRIETAIRE: undefined,
    CLE_MAITRE: env['CLE_MAITRE'] || cleMaitre,
    OIDC_EMETTEUR: emetteur,
    OIDC_JWKS_URL: `${adresses.oidc}/jwks`,
    OIDC_DOSSIER: join(dossier, 'oidc'),
  };
}
