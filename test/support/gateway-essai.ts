import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { chargerConfiguration, type Configuration } from '@sillage/configuration';
import type { CompteDemo } from '@sillage/core';
import type { Dispositif } from '@sillage/dispositif-kit';
import { CHEMIN_GRAPHQL, creerGateway } from '@sillage/gateway';
import { type Horloge, horlogeFixe, type HorlogeFixe } from '@sillage/kernel';
import { COMPTES_DEMO } from '@sillage/oidc-dev';
import { creerJournal } from '@sillage/socle';
import type { GraphQLFormattedError } from 'graphql';
import { type BaseEssai, creerBaseEssai } from './base-essai.js';
import { CLE_MAITRE_ESSAI } from './cle-maitre-essai.js';
import { demarrerEmetteurEssai, type EmetteurEssai } from './jetons-essai.js';
import { semerEssai } from './semer-essai.js';

export interface OptionsGatewayEssai<H extends Horloge = HorlogeFixe> {
  readonly dispositifs?: readonly Dispositif[];
  /** A fixed clock in the window of the 2026 call by default. */
  readonly horloge?: H;
  /** Variables to change, as the environment would give them. */
  readonly env?: Readonly<Record<string, string>>;
  /** Changes what was read from it: production mode, for one, which refuses an issuer without TLS. */
  readonly changer?: (configuration: Configuration) => Configuration;
  /** Added to the demonstration's. */
  readonly comptes?: readonly CompteDemo[];
}

export interface ReponseGraphql<D = Record<string, unknown>> {
  readonly data?: D | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

export interface GatewayEssai<H extends Horloge = HorlogeFixe> {
  /** Of the GraphQL endpoint. */
  readonly url: string;
  /** Of the server: `${racine}/sante/pret`. */
  readonly racine: string;
  readonly app: NestFastifyApplication;
  readonly base: BaseEssai;
  readonly horloge: H;
  readonly configuration: Configuration;
  /** What a worker beside it reads: the same, under the role of jobs. */
  readonly configurationWorker: Configuration;
  readonly emetteur: EmetteurEssai;
  /** The lines of log written so far, as they were. */
  readonly journal: readonly string[];
  /**
   * Asks as an account (`sub` of `COMPTES_DEMO`, or null for nobody) in its own département.
   * @throws Error when the answer is not JSON
   */
  requete<D = Record<string, unknown>>(
    compte: string | null,
    document: string,
    variables?: Record<string, unknown>,
  ): Promise<ReponseGraphql<D>>;
  /** The same request, whose answer is given as HTTP gave it. */
  poster(compte: string | null, corps: unknown, entetes?: Readonly<Record<string, string>>): Promise<Response>;
  /** Headers that make a request an account's. */
  entetes(compte: string): Promise<Record<string, string>>;
  arreter(): Promise<void>;
}

/** Somebody to validate what `siege` established; nobody of the demonstration is a second one. */
const COMPTES_ESSAI: readonly CompteDemo[] = [
  { sub: 'siege-2', libelle: 'Second agent du siège', departementId: '62', role: 'SIEGE' },
];

const MAINTENANT = '2026-02-02T09:00:00+01:00';

/** A gateway on a database of its own, with the demonstration's tenants and users, over real HTTP and with real tokens. */
export async function demarrerGatewayEssai<H extends Horloge = HorlogeFixe>(
  options: OptionsGatewayEssai<H> = {},
): Promise<GatewayEssai<H>> {
  const { dispositifs = [], env = {}, changer = (configuration: Configuration) => configuration } = options;
  const horloge = options.horloge ?? (horlogeFixe(MAINTENANT) as Horloge as H);
  const comptes = [...COMPTES_DEMO, ...COMPTES_ESSAI, ...(options.comptes ?? [])];
  const fermetures: (() => Promise<unknown>)[] = [libererLeJournal];
  const arreter = async (): Promise<void> => {
    for (const fermer of fermetures.splice(0).reverse()) await fermer();
  };
  try {
    const base = await creerBaseEssai({ plugins: migrationsDe(dispositifs) });
    fermetures.push(() => base.supprimer());
    const emetteur = await demarrerEmetteurEssai();
    fermetures.push(() => emetteur.arreter());
    await semerEssai({ base, horloge, dispositifs, emetteur: emetteur.emetteur, comptes });
    const configuration = changer(chargerConfiguration({ ...environnementEssai(base, emetteur), ...env }));
    const journal: string[] = [];
    const app = await creerGateway({
      configuration,
      dispositifs,
      horloge,
      journal: creerJournal({
        service: 'gateway',
        niveau: configuration.niveauTraces,
        destination: { write: (ligne) => void journal.push(ligne) },
      }),
    });
    fermetures.push(() => app.close());
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    const racine = `http://127.0.0.1:${port}`;
    const client = clientEssai(`${racine}${CHEMIN_GRAPHQL}`, emetteur, comptes);
    const configurationWorker = pourWorker(configuration, base);
    return { racine, app, base, horloge, configuration, configurationWorker, emetteur, journal, arreter, ...client };
  } catch (erreur) {
    await arreter();
    throw erreur;
  }
}

/** The same configuration under the role of jobs. */
export function pourWorker(configuration: Configuration, { urlJobs }: Pick<BaseEssai, 'urlJobs'>): Configuration {
  return { ...configuration, baseDeDonnees: { ...configuration.baseDeDonnees, url: urlJobs } };
}

/** What a gateway of a spec reads as its environment. A worker's `DATABASE_URL` is `base.urlJobs`. */
export function environnementEssai(
  base: BaseEssai,
  emetteur: Pick<EmetteurEssai, 'emetteur' | 'audience' | 'jwksUrl'>,
): Record<string, string> {
  return {
    NODE_ENV: 'test',
    DATABASE_URL: base.urlApp,
    DATABASE_URL_FILE: base.urlFile,
    PG_CONNEXIONS: '5',
    PORT_GATEWAY: '0',
    PORT_WORKER: '0',
    OIDC_EMETTEUR: emetteur.emetteur,
    OIDC_AUDIENCE: emetteur.audience,
    OIDC_JWKS_URL: emetteur.jwksUrl,
    OIDC_ALGORITHMES: 'ES256',
    DEPARTEMENT_PAR_DEFAUT: '62',
    CLE_MAITRE: CLE_MAITRE_ESSAI,
    HABILITATIONS_TTL_SECONDES: '0',
  };
}

/** What is logged out of any request goes to the first journal of a process: a spec leaves the place to the next one. */
async function libererLeJournal(): Promise<void> {
  const fichier = new URL('./PinoLogger.js', import.meta.resolve('nestjs-pino')).href;
  const pino = (await import(fichier)) as { __resetOutOfContextForTests(this: void): void };
  pino.__resetOutOfContextForTests();
}

function migrationsDe(dispositifs: readonly Dispositif[]): { schema: string; migrations: never[] }[] {
  return dispositifs.flatMap(({ schema, migrations }) =>
    migrations === undefined ? [] : [{ schema, migrations: [...migrations] as never[] }],
  );
}

function clientEssai(
  url: string,
  emetteur: EmetteurEssai,
  comptes: readonly CompteDemo[],
): Pick<GatewayEssai, 'url' | 'requete' | 'poster' | 'entetes'> {
  const entetes = async (sub: string): Promise<Record<string, string>> => ({
    authorization: `Bearer ${await emetteur.jeton(sub)}`,
    'x-departement': comptes.find((compte) => compte.sub === sub)?.departementId ?? '62',
  });
  const poster = async (compte: string | null, corps: unknown, autres = {}): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(compte !== null && (await entetes(compte))), ...autres },
      body: typeof corps === 'string' ? corps : JSON.stringify(corps),
    });
  return {
    url,
    entetes,
    poster,
    async requete<D>(compte: string | null, query: string, variables = {}) {
      const reponse = await poster(compte, { query, variables });
      return (await reponse.json()) as ReponseGraphql<D>;
    },
  };
}
