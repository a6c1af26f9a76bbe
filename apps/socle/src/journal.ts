import { AsyncLocalStorage } from 'node:async_hooks';
import type { LoggerService } from '@nestjs/common';
import { Logger as JournalNestPino, type Params, PinoLogger } from 'nestjs-pino';
import { type DestinationStream, type Logger, pino } from 'pino';
import { decrirePanne, estErreur } from './panne.js';

/** Structured logs, one JSON object a line. They hold no variable, no token, no name and no SQL parameter. */
export type Journal = Logger;

export interface OptionsJournal {
  /** `gateway` or `worker`. */
  readonly service: string;
  readonly niveau: string;
  /** Standard output by default. */
  readonly destination?: DestinationStream;
}

const ERREUR_IMPREVUE = 'erreur imprévue';

/** The request being served, for whatever is logged meanwhile: cheaper than a logger made for each request. */
const requeteServie = new AsyncLocalStorage<{ readonly requeteId: string }>();

/** Makes the log of a process. An error given to it is described by `decrirePanne`: its message is never written. */
export function creerJournal({ service, niveau, destination }: OptionsJournal): Journal {
  return pino(
    {
      level: niveau,
      base: { service },
      messageKey: 'message',
      errorKey: 'err',
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: () => ({ ...requeteServie.getStore() }),
      formatters: { level: (label) => ({ level: label }) },
      // Whoever hands over a whole request or answer writes nothing of it: Fastify's own would give the address.
      serializers: { err: (erreur: unknown) => decrirePanne(erreur), req: () => undefined, res: () => undefined },
      hooks: { logMethod: sansMessageDErreur },
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
}

/** Left alone, pino takes the error's message for the line's own when there is none. */
function sansMessageDErreur(this: Logger, args: Parameters<pino.LogFn>, ecrire: pino.LogFn): void {
  const [premier, message, ...reste] = args as [unknown, string | undefined, ...unknown[]];
  if (estErreur(premier)) return ecrire.call(this, { err: premier }, message ?? ERREUR_IMPREVUE);
  if (estObjet(premier) && estErreur(premier['err']) && message === undefined) {
    return ecrire.call(this, premier, ERREUR_IMPREVUE);
  }
  return ecrire.call(this, premier as object, message, ...reste);
}

/** What Nest says of itself while it starts, and of resolvers' errors, which the gateway writes itself with their request. */
const BAVARDAGES = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'GraphQLModule',
  'NestApplication',
  'NestApplicationContext',
  'ExceptionsHandler',
]);

/** Nest's loggers (`new Logger('Jobs')`), led to our log from the first line. */
export interface JournalDeNest extends LoggerService {
  /** Runs `suite` so that whatever it logs, and whatever it starts, carries the request's id. */
  suivre(requeteId: string, suite: () => void): void;
}

/** One a process: `nestjs-pino` keeps the first that it is given for what is logged out of any request. */
export function journalDeNest(destination: Journal): JournalDeNest {
  // Its own serializers would write errors whole.
  const parametres: Params = { pinoHttp: { logger: destination, wrapSerializers: false } };
  const racine = new PinoLogger(parametres);
  const journal = new JournalNestPino(racine, parametres);
  const vers =
    (niveau: 'log' | 'warn' | 'error' | 'debug' | 'verbose' | 'fatal') =>
    (message: unknown, ...details: unknown[]): void =>
      journal[BAVARDAGES.has(String(details.at(-1))) ? 'debug' : niveau](message, ...(details as [unknown]));
  return {
    log: vers('log'),
    warn: vers('warn'),
    error: vers('error'),
    debug: vers('debug'),
    verbose: vers('verbose'),
    fatal: vers('fatal'),
    suivre: (requeteId, suite) => requeteServie.run({ requeteId }, suite),
  };
}

function estObjet(valeur: unknown): valeur is Record<string, unknown> {
  return typeof valeur === 'object' && valeur !== null;
}
