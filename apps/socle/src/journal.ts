import type { LoggerService } from '@nestjs/common';
import type { Logger as JournalDeNest } from 'nestjs-pino';
import { type DestinationStream, type Logger, pino } from 'pino';
import { decrirePanne } from './panne.js';

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

/** Makes the log of a process. An error given to it is described by `decrirePanne`: its message is never written. */
export function creerJournal({ service, niveau, destination }: OptionsJournal): Journal {
  return pino(
    {
      level: niveau,
      base: { service },
      messageKey: 'message',
      errorKey: 'err',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: (erreur: unknown) => decrirePanne(erreur) },
      hooks: { logMethod: sansMessageDErreur },
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
}

/** Left alone, pino takes the error's message for the line's own when there is none. */
function sansMessageDErreur(this: Logger, args: Parameters<pino.LogFn>, ecrire: pino.LogFn): void {
  const [premier, message, ...reste] = args as [unknown, string | undefined, ...unknown[]];
  if (premier instanceof Error) return ecrire.call(this, { err: premier }, ERREUR_IMPREVUE);
  if (estObjet(premier) && premier['err'] instanceof Error && message === undefined) {
    return ecrire.call(this, premier, ERREUR_IMPREVUE);
  }
  return ecrire.call(this, premier as object, message, ...reste);
}

/** What Nest says of itself while it starts. */
const BAVARDAGES = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'GraphQLModule',
  'NestApplication',
  'NestApplicationContext',
]);

/** Nest's loggers write to ours; the framework's own steps count as details. */
export function journalDeNest(journal: JournalDeNest): LoggerService {
  const vers =
    (niveau: 'warn' | 'error' | 'debug' | 'verbose' | 'fatal') =>
    (message: unknown, ...details: unknown[]): void =>
      journal[niveau](message, ...(details as [unknown]));
  return {
    log: (message: unknown, ...details: unknown[]) =>
      journal[BAVARDAGES.has(String(details.at(-1))) ? 'debug' : 'log'](message, ...(details as [unknown])),
    warn: vers('warn'),
    error: vers('error'),
    debug: vers('debug'),
    verbose: vers('verbose'),
    fatal: vers('fatal'),
  };
}

function estObjet(valeur: unknown): valeur is Record<string, unknown> {
  return typeof valeur === 'object' && valeur !== null;
}
