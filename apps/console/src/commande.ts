import type { ParseArgsOptionsConfig } from 'node:util';

/** One command of the console. */
export interface Commande {
  readonly nom: string;
  /** How it is called, after its name: `<compte>`, `[--verifier]`. */
  readonly usage: string;
  readonly resume: string;
  readonly options?: ParseArgsOptionsConfig;
  executer(appel: Appel): Promise<void>;
}

export interface Appel {
  readonly arguments: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** An expected failure: its message is all that the user needs, and the exit code is 1. */
export class RefusConsole extends Error {}
