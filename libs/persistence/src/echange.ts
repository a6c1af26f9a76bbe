import type { Connection, PoolClient, Submittable } from 'pg';
import { serialize } from 'pg-protocol';
import { PARAMETRE_DEPARTEMENT } from './rls.js';

/** What a statement is given: each value says its type in the text (`$1::uuid[]`). */
export type ValeurSql = string | number | boolean | null | readonly string[];

/** A statement with its values, whose answer is the first column of its one row. `nom` keeps it prepared on the connection. */
export interface InstructionSql {
  readonly nom?: string;
  readonly texte: string;
  readonly valeurs: readonly ValeurSql[];
  /** It reads a row or little more: others may leave with it, and wait behind it. */
  readonly legere?: boolean;
}

const CONTEXTE = 'contexte';
const TEXTE_CONTEXTE = `select set_config('${PARAMETRE_DEPARTEMENT}', $1, true), set_config('transaction_read_only', 'on', true)`;

/** A connection that has prepared so many ends after its answer: what it keeps, in PostgreSQL too, goes with it. */
const PREPARES_MAX = 500;

const EXECUTE = serialize.execute({});
const SYNC = serialize.sync();

/** What each client has prepared. One on which something failed is not used again, so that this stays true. */
const prepares = new WeakMap<PoolClient, Set<string>>();

/**
 * The context and a statement in one exchange of the extended protocol: both are sent before a single Sync, so that PostgreSQL runs
 * them in one implicit transaction, which Sync commits. An error skips all that follows it, and rolls back: the statement never
 * runs without its context, and the context never outlives it.
 * @see https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
 */
export class Echange implements Submittable {
  /** What PostgreSQL answers: the value, or null. */
  readonly reponse: Promise<string | null>;
  #aboutir!: (texte: string | null) => void;
  #echouer!: (erreur: Error) => void;
  /** Statements that are done: the context's row comes first, and is not the answer. */
  #faits = 0;
  #lu: string | null = null;
  #message: Buffer | null = null;
  #suite: () => void = () => undefined;

  constructor(
    private readonly departementId: string,
    private readonly instruction: InstructionSql,
  ) {
    this.reponse = new Promise((aboutir, echouer) => {
      this.#aboutir = aboutir;
      this.#echouer = echouer;
    });
  }

  get estLeger(): boolean {
    return this.instruction.legere === true;
  }

  /** Whether that client would have to prepare something first. */
  prepare(client: PoolClient): boolean {
    const { nom } = this.instruction;
    const connus = prepares.get(client);
    return nom !== undefined && connus?.has(nom) !== true;
  }

  /**
   * Sends some, at least one, on a client that is doing nothing else: in one piece, each a transaction of its own, which PostgreSQL runs and
   * answers one after the other. Only the last one may have something to prepare.
   */
  static envoyer(client: PoolClient, echanges: readonly Echange[]): void {
    const messages = echanges.flatMap((echange) => echange.#messages(client));
    echanges.forEach((echange, rang) => {
      const suivant = echanges[rang + 1];
      if (suivant) echange.#suite = () => client.query(suivant);
    });
    const [premier] = echanges;
    if (!premier) return;
    premier.#message = Buffer.concat(messages);
    client.query(premier);
  }

  /** Whether the client has prepared so much that it must not be used again. */
  static encombre(client: PoolClient): boolean {
    return (prepares.get(client)?.size ?? 0) > PREPARES_MAX;
  }

  refuser(erreur: Error): void {
    this.#echouer(erreur);
  }

  submit(connexion: Connection): void {
    if (this.#message) connexion.stream.write(this.#message);
    this.#message = null;
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    if (this.#faits === 1) this.#lu = fields[0] ?? null;
  }

  handleCommandComplete(): void {
    this.#faits += 1;
  }

  handleReadyForQuery(): void {
    this.#aboutir(this.#lu);
    this.#suite();
  }

  /** After it, `pg` still waits for PostgreSQL to be ready; the next one will be answered then. */
  handleError(erreur: Error): void {
    this.#echouer(erreur);
    this.#suite();
  }

  #messages(client: PoolClient): Buffer[] {
    const { nom, texte, valeurs } = this.instruction;
    let connus = prepares.get(client);
    if (!connus) prepares.set(client, (connus = new Set()));
    return [
      ...preparer(connus, CONTEXTE, TEXTE_CONTEXTE),
      contexte(this.departementId),
      ...preparer(connus, nom, texte),
      serialize.bind({ statement: nom ?? '', values: valeurs.map(enTexte) }),
      EXECUTE,
      SYNC,
    ];
  }
}

function preparer(connus: Set<string>, nom = '', texte: string): Buffer[] {
  if (nom !== '' && connus.has(nom)) return [];
  if (nom !== '') connus.add(nom);
  return [serialize.parse({ name: nom, text: texte })];
}

const contextes = new Map<string, Buffer>();

/** The same bytes each time: there are as many as départements. */
function contexte(departementId: string): Buffer {
  const connu = contextes.get(departementId);
  if (connu) return connu;
  const message = Buffer.concat([serialize.bind({ statement: CONTEXTE, values: [departementId] }), EXECUTE]);
  contextes.set(departementId, message);
  return message;
}

function enTexte(valeur: ValeurSql): string | null {
  if (valeur === null) return null;
  if (typeof valeur !== 'object') return String(valeur);
  return `{${valeur.map((element) => `"${element.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
