import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ApolloServer } from '@apollo/server';
import type { ApolloDriver } from '@nestjs/apollo';
import { GraphQLModule } from '@nestjs/graphql';
import { avecClient } from '../support/base-essai.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';

/** Apollo understands it as JSON; the short way leaves to Apollo what it does not know word for word. */
const PAR_APOLLO = { accept: 'application/json;q=1' };
const DIRECTE = { accept: '*/*' };

const LISTE = `query Liste($n: Int, $territoire: String) {
  moi { libelle } structures(first: $n) { totalCount nodes { id raisonSociale } }
  accompagnements(first: $n, territoire: $territoire) { nodes { id } } }`;

interface Corps {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
  readonly extensions?: unknown;
}

let gateway: GatewayEssai;
let apollo: jest.SpiedFunction<ApolloServer['executeHTTPGraphQLRequest']>;

beforeAll(async () => {
  gateway = await demarrerGatewayEssai();
  const serveur: ApolloServer = gateway.app.get<GraphQLModule<ApolloDriver>>(GraphQLModule).graphQlAdapter.instance;
  apollo = jest.spyOn(serveur, 'executeHTTPGraphQLRequest');
});
afterAll(() => gateway?.arreter());

interface Vue {
  readonly statut: number;
  readonly entetes: Record<string, string>;
  readonly corps: unknown;
  readonly passages: number;
}

async function poser(compte: string | null, corps: Corps, entetes: Record<string, string>): Promise<Vue> {
  apollo.mockClear();
  const reponse = await gateway.poster(compte, corps, entetes);
  const { date: _date, 'x-request-id': _id, ...restent } = Object.fromEntries(reponse.headers);
  return {
    statut: reponse.status,
    entetes: restent,
    corps: await reponse.json(),
    passages: apollo.mock.calls.length,
  };
}

describe('A read that Apollo has served once', () => {
  beforeAll(() => poser('siege', { query: LISTE }, DIRECTE));

  it('does without it, and answers the same', async () => {
    const directe = await poser('siege', { query: LISTE, variables: { n: 2 } }, DIRECTE);
    const complete = await poser('siege', { query: LISTE, variables: { n: 2 } }, PAR_APOLLO);
    expect([directe.passages, complete.passages]).toEqual([0, 1]);
    expect({ ...directe, passages: 1 }).toEqual(complete);
    expect(directe.corps).toMatchObject({ data: { structures: { nodes: [{}, {}] } } });
  });

  it.each<[string, string | null, Corps, Record<string, string>]>([
    ['a page too large, by a variable', 'siege', { query: LISTE, variables: { n: 101 } }, {}],
    ['a variable of another type', 'siege', { query: LISTE, variables: { n: 'deux' } }, {}],
    ['a territory that does not exist', 'siege', { query: LISTE, variables: { territoire: 'NULLE_PART' } }, {}],
    ['a text that nobody could keep', 'siege', { query: LISTE, variables: { territoire: 'a\0' } }, {}],
    ['nobody', null, { query: LISTE }, {}],
    ['a token that is none', null, { query: LISTE }, { authorization: 'Bearer faux' }],
    ['another département', 'siege', { query: LISTE }, { 'x-departement': '99' }],
    ['a département that is none', 'siege', { query: LISTE }, { 'x-departement': 'DROP' }],
    ['an operation that it does not hold', 'siege', { query: LISTE, operationName: 'Autre' }, {}],
    ['no name where one is given', 'siege', { query: LISTE, operationName: '' }, {}],
    [
      'the beginning of the text as a name',
      'siege',
      { query: LISTE.slice(LISTE.indexOf('\n') + 1), operationName: `\n${LISTE.slice(0, LISTE.indexOf('\n'))}` },
      {},
    ],
    ['variables that are no object', 'siege', { query: LISTE, variables: [1] }, {}],
    ['an id beside it', 'siege', { query: LISTE, extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }, {}],
    ['no text', 'siege', { variables: { n: 1 } }, {}],
  ])('is refused as Apollo refuses: %s', async (_, compte, corps, entetes) => {
    const simple = await poser(compte, corps, { ...DIRECTE, ...entetes });
    const complete = await poser(compte, corps, { ...PAR_APOLLO, ...entetes });
    const sansRequete = ({ corps: lu, ...autres }: Vue): unknown => [
      autres,
      JSON.stringify(lu).replace(/"requeteId":"[^"]*"/g, ''),
    ];
    expect(sansRequete(simple)).toEqual(sansRequete(complete));
    expect(simple.corps).toHaveProperty('errors');
  });

  it('is each caller’s own: rights are not remembered with the text', async () => {
    const lire = async (compte: string): Promise<unknown[]> => [
      (await poser(compte, { query: LISTE }, DIRECTE)).corps,
      (await poser(compte, { query: LISTE }, PAR_APOLLO)).corps,
    ];
    const vues = await Promise.all(['siege', 'association', 'slai-lens', 'siege-99'].map(lire));
    for (const [directe, complete] of vues) expect(directe).toEqual(complete);
    expect(new Set(vues.map(([directe]) => JSON.stringify(directe))).size).toBeGreaterThan(2);
  });

  it('stops with the habilitation', async () => {
    expect(await poser('slisl-lens', { query: LISTE }, DIRECTE)).toMatchObject({ statut: 200, passages: 0 });
    await avecClient(gateway.base.urlProprietaire, async (client) => {
      await client.query(`select set_config('sillage.departement', '62', false)`);
      await client.query(`update sillage.habilitation set au = '2026-01-31' where role = 'SLISL'`);
    });
    const apres = await poser('slisl-lens', { query: LISTE }, DIRECTE);
    expect(apres).toMatchObject({ statut: 403, corps: { errors: [{ extensions: { code: 'NON_HABILITE' } }] } });
  });

  it('keeps its line in the log, with what was asked and by whom', async () => {
    await poser('siege', { query: LISTE, operationName: 'Liste' }, DIRECTE);
    await poser('siege', { query: LISTE, operationName: 'Liste' }, DIRECTE);
    const lignes = gateway.journal.map((ligne) => JSON.parse(ligne) as Record<string, unknown>);
    expect(lignes.at(-1)).toMatchObject({
      message: 'requête',
      operation: 'Liste',
      genre: 'query',
      codes: [],
      statut: 200,
      departementId: '62',
      acteurId: expect.any(String),
      requeteId: expect.any(String),
    });
  });

  it('is read by declaration: whatever code answers goes through Apollo each time', async () => {
    const mutation = 'mutation { candidatureDeposer(input: { candidatureId: "Candidature-x" }) { errors { code } } }';
    for (const query of [mutation, '{ dispositifs { code } moi { libelle } }', '{ __typename }']) {
      await poser('siege', { query }, DIRECTE);
      expect((await poser('siege', { query }, DIRECTE)).passages).toBe(1);
    }
  });
});
