import type { FastifyRequest } from 'fastify';

/** What is kept of a GraphQL request for its line of log and its metrics: identifiers and codes, nothing that was typed. */
export interface Trace {
  acteurId?: string;
  departementId?: string;
  operation?: string;
  genre?: 'query' | 'mutation' | 'subscription';
  /** What it took from its caller's budget, once it has. */
  points?: number;
  /** Codes of the answer: protocol faults and refusals. Empty when all went well. */
  readonly codes: Set<string>;
}

const traces = new WeakMap<FastifyRequest, Trace>();

export function traceDe(requete: FastifyRequest): Trace {
  let trace = traces.get(requete);
  if (trace === undefined) {
    trace = { codes: new Set() };
    traces.set(requete, trace);
  }
  return trace;
}
