import type { ApolloServerPlugin } from '@apollo/server';
import { DonneesEnTexte, ecrireReponse, type Lectures, lireEnTexte } from '@sillage/read';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { traceDe } from '../http/trace.js';
import type { ContexteGraphql, FabriqueContexte } from './contexte.js';
import { type Bornes, verifierOperation } from './suivi.plugin.js';

export interface OptionsVoieDirecte extends Bornes {
  readonly chemin: string;
  readonly lectures: Lectures;
  readonly contextes: Pick<FabriqueContexte, 'pour'>;
}

interface Connue {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** A read as front-ends post it; anything more is Apollo's to understand. */
interface CorpsSimple {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Record<string, unknown> | undefined;
}

/** Texts beyond this size, or beyond this number, go through Apollo each time. */
const TEXTE_MAX = 10_000;
const CONNUES_MAX = 500;
const CLES = new Set(['query', 'operationName', 'variables']);
const TYPE_JSON = 'application/json; charset=utf-8';
/** What a caller may accept for Apollo to answer {@link TYPE_JSON}; of anything else Apollo judges. */
const ACCEPTES = new Set([undefined, '*/*', 'application/json']);

/**
 * The short way of reads that Apollo has already served once: it then knows the text to be admitted and valid, and what is left is
 * what depends on this request, its caller and its variables. Whatever is not so simple, or goes wrong, is left to Apollo, from
 * the beginning, so that there is one way to say no.
 */
export class VoieDirecte {
  readonly #connues = new Map<string, Connue>();
  readonly #contextes = new WeakMap<FastifyRequest, Promise<ContexteGraphql>>();

  constructor(private readonly options: OptionsVoieDirecte) {}

  /** Learns from what Apollo serves. */
  readonly plugin: ApolloServerPlugin<ContexteGraphql> = {
    requestDidStart: async () => ({
      willSendResponse: async ({ schema, document, operation, source, request, response }) => {
        const lue = response.body.kind === 'single' && (response.body.singleResult.data as unknown);
        if (!(lue instanceof DonneesEnTexte) || !document || !operation || source === undefined) return;
        this.#retenir(cle(source, request.operationName ?? null), { schema, document, operation });
      },
    }),
  };

  /** One a request, whichever way it takes: what the short way has found out or failed on, Apollo does not try again. */
  contexte(requete: FastifyRequest): Promise<ContexteGraphql> {
    let contexte = this.#contextes.get(requete);
    if (!contexte) {
      contexte = this.options.contextes.pour(requete, traceDe(requete));
      this.#contextes.set(requete, contexte);
    }
    return contexte;
  }

  /** Before Fastify hands a request over to Apollo. */
  readonly avantApollo = async (requete: FastifyRequest, reponse: FastifyReply): Promise<FastifyReply | undefined> => {
    const corps = requete.routeOptions.url === this.options.chemin ? corpsSimple(requete) : null;
    const connue = corps && this.#connues.get(cle(corps.query, corps.operationName));
    const texte = connue && (await this.#lire(requete, corps, connue).catch(() => null));
    if (!texte) return undefined;
    return reponse.type(TYPE_JSON).send(texte);
  };

  async #lire(requete: FastifyRequest, corps: CorpsSimple, connue: Connue): Promise<string | null> {
    const { lectures } = this.options;
    const contexte = await this.contexte(requete);
    const { variables } = corps;
    const operationName = connue.operation.name?.value ?? null;
    verifierOperation({ ...connue, operationName, variables: variables ?? {} }, contexte, this.options);
    if (contexte.contexte === undefined) return null;
    const data = await lireEnTexte(lectures, contexte.contexte, { ...connue, variables });
    return data && ecrireReponse({ data });
  }

  #retenir(nom: string, connue: Connue): void {
    if (nom.length > TEXTE_MAX) return;
    this.#connues.delete(nom);
    this.#connues.set(nom, connue);
    if (this.#connues.size <= CONNUES_MAX) return;
    const [ancienne = ''] = this.#connues.keys();
    this.#connues.delete(ancienne);
  }
}

/** Both are the caller's: the length of the name tells where the text begins, and no name from an empty one. */
function cle(texte: string, operationName: string | null): string {
  return operationName === null ? `:${texte}` : `${operationName.length}:${operationName}${texte}`;
}

function corpsSimple({ method, headers, body }: FastifyRequest): CorpsSimple | null {
  if (method !== 'POST' || !ACCEPTES.has(headers.accept) || !estObjet(body)) return null;
  for (const nom in body) if (!CLES.has(nom)) return null;
  const { query, operationName = null, variables } = body;
  if (typeof query !== 'string' || !(operationName === null || typeof operationName === 'string')) return null;
  if (variables === undefined || variables === null) return { query, operationName, variables: undefined };
  return estObjet(variables) ? { query, operationName, variables } : null;
}

function estObjet(valeur: unknown): valeur is Record<string, unknown> {
  return typeof valeur === 'object' && valeur !== null && !Array.isArray(valeur);
}
