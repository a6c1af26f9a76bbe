import { types } from 'node:util';
import { GraphQLError } from 'graphql';
import { QueryFailedError } from 'typeorm';

/** What may be written of an unexpected error: where it happened and of what kind, never what it says. */
export interface PanneDecrite {
  readonly type: string;
  /** Node's code or PostgreSQL's SQLSTATE. */
  readonly code?: string;
  readonly contrainte?: string;
  readonly table?: string;
  /** Frames of the stack, innermost first. */
  readonly lieu: readonly string[];
  readonly cause?: PanneDecrite;
}

const CADRES = 12;
const CAUSES = 3;
const IDENTIFIANT = /^[\w.$-]{1,80}$/;
const CADRE =
  /^\s+at (?:async )?(?:((?:new )?[\w.$<>]{1,80}(?: \[as [\w$]{1,40}\])?) \()?(?:file:\/\/)?([\w@./\\:+-]{1,300}:\d+:\d+)\)?$/;

/**
 * Describes an error without its message: a message quotes what somebody typed (`invalid input syntax for type date: "…"`),
 * a query's parameters, sometimes a name.
 */
export function decrirePanne(erreur: unknown, profondeur = 0): PanneDecrite {
  if (!estErreur(erreur)) return { type: typeof erreur, lieu: [] };
  if (erreur instanceof GraphQLError && erreur.originalError) return decrirePanne(erreur.originalError, profondeur);
  const source: unknown = erreur instanceof QueryFailedError ? erreur.driverError : erreur;
  const cause = profondeur < CAUSES && estErreur(erreur.cause) ? decrirePanne(erreur.cause, profondeur + 1) : undefined;
  return {
    type: IDENTIFIANT.test(erreur.constructor.name) ? erreur.constructor.name : 'Error',
    ...mention('code', source, 'code'),
    ...mention('contrainte', source, 'constraint'),
    ...mention('table', source, 'table'),
    lieu: cadres(erreur),
    ...(cause && { cause }),
  };
}

/** Node's or PostgreSQL's code of an error, wrapped or not. */
export function codeDePanne(erreur: unknown): string | undefined {
  const { code, cause } = decrirePanne(erreur);
  return code ?? cause?.code;
}

/** Also an error of another realm (a `vm` context), which `instanceof` does not know. */
export function estErreur(valeur: unknown): valeur is Error {
  return valeur instanceof Error || types.isNativeError(valeur);
}

function mention(nom: 'code' | 'contrainte' | 'table', source: unknown, cle: string): Partial<PanneDecrite> {
  if (typeof source !== 'object' || source === null) return {};
  const valeur: unknown = Reflect.get(source, cle);
  return typeof valeur === 'string' && IDENTIFIANT.test(valeur) ? { [nom]: valeur } : {};
}

/** The stack begins with the message, which may have several lines and look like frames. */
function cadres({ stack = '', message }: Error): string[] {
  const pile = stack.slice(stack.indexOf(message) + message.length);
  const lignes = pile.split('\n').map((ligne) => CADRE.exec(ligne));
  return lignes.flatMap((c) => (c?.[2] === undefined ? [] : [`${c[1] ?? ''} ${court(c[2])}`.trim()])).slice(0, CADRES);
}

function court(chemin: string): string {
  return chemin.replace(/^.*\/(node_modules|apps|libs|plugins|test)\//, '$1/');
}
