import { describe, expect, it } from '@jest/globals';
import { type CodeIdentite, ErreurIdentite, type Identite } from '@sillage/access';
import { CODES_PROTOCOLE } from '@sillage/kernel';
import type { FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { Debit } from '../debit/debit.js';
import { FabriqueContexte } from './contexte.js';

const requete = { id: 'r1', ip: '127.0.0.1', headers: { authorization: 'Bearer x' } } as FastifyRequest;

async function refus(code: CodeIdentite): Promise<{ erreur: GraphQLError; codes: string[] }> {
  const trace = { codes: new Set<string>() };
  const identite = { identifier: () => Promise.reject(new ErreurIdentite(code)) } as unknown as Identite;
  const signaler = (): never => {
    throw new Error('un refus attendu ne se signale pas');
  };
  const debit = new Debit({ pointsParMinute: 1, echecsParMinute: 1, partager: signaler, signaler });
  const options = {
    identite,
    droitsDispositifs: [],
    departementParDefaut: '62',
    anonymesAdmis: false,
    debit,
    signaler,
  };
  const erreur = await new FabriqueContexte(options).pour(requete, trace).catch((raison: unknown) => raison);
  expect(erreur).toBeInstanceOf(GraphQLError);
  return { erreur: erreur as GraphQLError, codes: [...trace.codes] };
}

describe('qui demande', () => {
  it.each([
    ['NON_AUTHENTIFIE', 401, 'www-authenticate'],
    ['JETON_INVALIDE', 401, 'www-authenticate'],
    ['SERVICE_INDISPONIBLE', 503, 'retry-after'],
  ] as const)('%s : HTTP %d, le message du code, %s', async (code, status, entete) => {
    const { erreur, codes } = await refus(code);
    expect(erreur.message).toBe(CODES_PROTOCOLE[code].description);
    expect(erreur.extensions).toMatchObject({ code, http: { status } });
    const { headers } = erreur.extensions['http'] as { headers: Map<string, string> };
    expect([...headers.keys()]).toEqual([entete]);
    expect(codes).toEqual([code]);
  });
});
