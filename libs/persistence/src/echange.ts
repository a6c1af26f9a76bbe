import type { Connection, PoolClient, Submittable } from 'pg';
import { PARAMETRE_DEPARTEMENT } from './rls.js';

/** What a statement is given: each value says its type in the text (`$1::uuid[]`). */
export type ValeurSql = string | number | boolean | null | readonly string[];

/** A statement with its values, whose answer is the first column of its one row. `nom` keeps it prepared on the connection. */
export interface InstructionSql {
  readonly nom?: string;
  readonly texte: string;
  readonly valeurs: readonly ValeurSql[];
}

const CONTEXTE = 'contexte';
const TEXTE_CONTEXTE = `select set_config('${PARAMETRE_DEPARTEMENT}', $1, true), set_config('transaction_read_only', 'on', true)`;

/** A connection that has prepared so many ends after its answer: what it keeps, in PostgreSQL too, goes with it. */
const PREPARES_MAX = 500;

/** What each connection has prepared. A connection on which something failed is not used again, so that this stays true. */
const prepares = new WeakMap<Connection, Set<string>>();

/**
 * The context and a statement in one exchange of the extended protocol: both are sent before a single Sync, so that PostgreSQL runs
 * them in one implicit transaction, which Sync commits. An error skips all that follows it, and rolls back: the statement never
 * runs without its context, and the context never outlives it.
 * @see https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
 */
export class Echange implements Submittable {
  readonly reponse: Promise<string | null>;
  #aboutir!: (texte: string | null) => void;
  #echouer!: (erreur: Error) => void;
  /** Statements that are done: the context's row comes first, and is not the answer. */
  #faits = 0;
  #lu: string | null = null;

  constructor(
    private readonly departementId: string,
    private readonly instruction: InstructionSql,
  ) {
    this.reponse = new Promise((aboutir, echouer) => {
      this.#aboutir = aboutir;
      this.#echouer = echouer;
    });
  }

  /** Whether the connection has served enough. */
  encombree = false;

  /** Sends it on a client that is doing nothing else. @throws what PostgreSQL or the connection says */
  static async faire(
    client: PoolClient,
    departementId: string,
    instruction: InstructionSql,
  ): Promise<{ readonly texte: string | null; readonly encombree: boolean }> {
    const echange = client.query(new Echange(departementId, instruction));
    const texte = await echange.reponse;
    return { texte, encombree: echange.encombree };
  }

  submit(connexion: Connection): void {
    const fil = connexion as unknown as Fil;
    const { nom, texte, valeurs } = this.instruction;
    let connus = prepares.get(connexion);
    if (!connus) prepares.set(connexion, (connus = new Set()));
    // One system call for the whole.
    fil.stream.cork();
    try {
      dire(fil, connus, CONTEXTE, TEXTE_CONTEXTE, [this.departementId]);
      dire(fil, connus, nom, texte, valeurs);
      fil.sync();
      this.encombree = connus.size > PREPARES_MAX;
    } finally {
      fil.stream.uncork();
    }
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    if (this.#faits === 1) this.#lu = fields[0] ?? null;
  }

  handleCommandComplete(): void {
    this.#faits += 1;
  }

  handleReadyForQuery(): void {
    this.#aboutir(this.#lu);
  }

  handleError(erreur: Error): void {
    this.#echouer(erreur);
  }
}

/** The messages of `pg`'s connection, as its own queries send them. */
interface Fil {
  readonly stream: { cork(): void; uncork(): void };
  parse(message: { name: string; text: string }): void;
  bind(message: { statement: string; values: (string | null)[] }): void;
  execute(message: object): void;
  sync(): void;
}

function dire(fil: Fil, connus: Set<string>, nom = '', texte: string, valeurs: readonly ValeurSql[]): void {
  if (nom === '' || !connus.has(nom)) {
    fil.parse({ name: nom, text: texte });
    if (nom !== '') connus.add(nom);
  }
  fil.bind({ statement: nom, values: valeurs.map(enTexte) });
  fil.execute({});
}

function enTexte(valeur: ValeurSql): string | null {
  if (valeur === null) return null;
  if (typeof valeur !== 'object') return String(valeur);
  return `{${valeur.map((element) => `"${element.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
