import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Journal, JournalDeNest, Sante } from '@sillage/socle';
import { type FastifyBaseLogger, LogController } from 'fastify';
import { repondreErreur, repondreIllisible, repondreInconnu } from './reponse-erreur.js';

export interface OptionsAdaptateur {
  readonly journal: Journal;
  /** Gives the request's id to what is logged while it is served. */
  readonly suivre: JournalDeNest['suivre'];
  readonly sante: Sante;
  /** Largest body of a request, in bytes. */
  readonly corpsOctets: number;
  /** Slower clients are disconnected, whole request received or not. */
  readonly delaiRequeteSecondes: number;
  /** Reverse proxies that may say where a request comes from. */
  readonly mandataires: readonly string[];
}

export const ENTETE_REQUETE = 'x-request-id';
/** A UUID, or the 32 hexadecimal digits that proxies write: what cannot carry a name. */
const REQUETE_ID = /^[0-9a-f][0-9a-f-]{15,63}$/i;

/** How often slow clients are looked for. Node's own thirty seconds would let each have as much again. */
const RONDE_MS = 1_000;
/** An idle connection is kept for longer than proxies keep theirs, so that it is they who close it. */
const REPOS_MS = 72_000;

/** No route has a JSON schema: GraphQL has its own. Fastify's compilers, two hundred modules, are left out. */
const SANS_SCHEMA_JSON = { buildValidator: refuserSchema, buildSerializer: refuserSchema };

/** Fastify as Nest drives it, with one shape of answer for what goes wrong below GraphQL. */
export class AdaptateurHttp extends FastifyAdapter {
  readonly #sante: Sante;

  constructor({ journal, suivre, sante, corpsOctets, delaiRequeteSecondes, mandataires }: OptionsAdaptateur) {
    const delai = delaiRequeteSecondes * 1000;
    super({
      loggerInstance: journal,
      // One line a request, ours: `journal-requetes.ts`.
      logController: new LogController({ disableRequestLogging: true }),
      // The request's id is written by whoever logs: a logger a request costs as much as its line.
      childLoggerFactory: (racine: FastifyBaseLogger) => racine,
      requestIdHeader: false,
      genReqId: ({ headers }: IncomingMessage) => identifiantDeRequete(headers[ENTETE_REQUETE]),
      bodyLimit: corpsOctets,
      requestTimeout: delai,
      keepAliveTimeout: REPOS_MS,
      http: { headersTimeout: delai, connectionsCheckingInterval: RONDE_MS },
      trustProxy: mandataires.length > 0 && [...mandataires],
      return503OnClosing: true,
      frameworkErrors: repondreErreur,
      clientErrorHandler: repondreIllisible,
      schemaController: { compilersFactory: SANS_SCHEMA_JSON },
    });
    this.#sante = sante;
    const instance = this.getInstance();
    // A page of another site may send text/plain without asking first.
    instance.removeContentTypeParser('text/plain');
    // Hooks that call back: each promise here is one more turn of the loop for every request.
    instance.addHook('onRequest', (requete, reponse, suite) => {
      reponse.headers({
        [ENTETE_REQUETE]: requete.id,
        'x-content-type-options': 'nosniff',
        // What is answered to one person must not be kept for another.
        'cache-control': 'no-store',
      });
      suite();
    });
    // Here and no sooner: reading the body would lose the context.
    instance.addHook('preHandler', (requete, _reponse, suite) => suivre(requete.id, suite));
    instance.addHook('onSend', (_requete, reponse, charge, suite) => {
      // A connection kept alive would hold the shutdown back.
      if (sante.arretEnCours) reponse.header('connection', 'close');
      suite(null, charge);
    });
  }

  /** First step of the shutdown: probes must see it before the door closes. */
  override beforeClose(): void {
    this.#sante.annoncerArret();
    super.beforeClose();
  }

  override setErrorHandler(): ReturnType<FastifyAdapter['setErrorHandler']> {
    return this.getInstance().setErrorHandler(repondreErreur);
  }

  override setNotFoundHandler(): ReturnType<FastifyAdapter['setNotFoundHandler']> {
    return this.getInstance().setNotFoundHandler(repondreInconnu);
  }
}

function refuserSchema(): never {
  throw new Error('Cette route a un schéma JSON, que ce serveur ne sait pas compiler.');
}

function identifiantDeRequete(entete: string | string[] | undefined): string {
  return typeof entete === 'string' && REQUETE_ID.test(entete) ? entete : randomUUID();
}
