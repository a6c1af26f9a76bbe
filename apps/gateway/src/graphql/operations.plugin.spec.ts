import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ConfigurationInvalide } from '@sillage/configuration';
import type { DocumentNode } from 'graphql';
import type { ContexteGraphql } from './contexte.js';
import { empreinte, type OperationsDeclarees } from './manifestes.js';
import { pluginOperations } from './operations.plugin.js';
import { verifierOperations } from './verifier-operations.js';

const DECLAREE = 'query Declaree { bonjour }';
const PERSONNE: ContexteGraphql = { contexte: undefined, requeteId: 'essai', trace: { codes: new Set() } };

function manifeste(...textes: string[]): OperationsDeclarees {
  return new Map(textes.map((texte) => [empreinte(texte), { nom: 'Declaree', texte, manifeste: 'essai.json' }]));
}

/** Keeps the documents that Apollo comes to, and counts the texts that it parses. */
class Temoin implements ApolloServerPlugin<ContexteGraphql> {
  readonly documents: DocumentNode[] = [];
  analyses = 0;

  async requestDidStart(): Promise<object> {
    return {
      parsingDidStart: async () => void this.analyses++,
      didResolveOperation: async ({ document }: { document: DocumentNode }) => void this.documents.push(document),
    };
  }
}

describe('pluginOperations', () => {
  let apollo: ApolloServer<ContexteGraphql>;
  afterEach(() => apollo.stop());

  async function demarrer(declarees: OperationsDeclarees, libres = false): Promise<Temoin> {
    const temoin = new Temoin();
    apollo = new ApolloServer<ContexteGraphql>({
      typeDefs: 'type Query { bonjour: String, secret: String }',
      resolvers: { Query: { bonjour: () => 'bonjour' } },
      plugins: [pluginOperations({ declarees, libres, introspection: false, jetons: 100 }), temoin],
      persistedQueries: false,
    });
    await apollo.start();
    return temoin;
  }
  const verifier = (declarees: OperationsDeclarees): Promise<void> =>
    verifierOperations(apollo as unknown as ApolloServer, declarees);
  async function demander(requete: Parameters<typeof apollo.executeOperation>[0]): Promise<unknown> {
    const { body } = await apollo.executeOperation(requete, { contextValue: PERSONNE });
    if (body.kind !== 'single') throw new Error('une seule réponse était attendue');
    return body.singleResult.errors?.map(({ extensions }) => extensions?.['code']) ?? body.singleResult.data;
  }
  const parId = (texte: string): { extensions: Record<string, unknown> } => ({
    extensions: { persistedQuery: { version: 1, sha256Hash: empreinte(texte) } },
  });

  it('gives one and the same document for an operation, from boot on, by id and by text', async () => {
    const declarees = manifeste(DECLAREE);
    const temoin = await demarrer(declarees);
    await verifier(declarees);
    expect(temoin.analyses).toBe(1);
    for (const requete of [
      parId(DECLAREE),
      { query: DECLAREE },
      { query: DECLAREE, ...parId(DECLAREE) },
      parId(DECLAREE),
    ]) {
      expect(await demander(requete)).toEqual({ bonjour: 'bonjour' });
    }
    expect(temoin.analyses).toBe(1);
    expect(temoin.documents).toHaveLength(5);
    expect(new Set(temoin.documents).size).toBe(1);
  });

  it('never reads a text that it refuses', async () => {
    const temoin = await demarrer(manifeste(DECLAREE));
    await demander({ query: '{ __typename }' });
    expect(temoin.analyses).toBe(1);
    for (const query of [
      '{ secret }',
      '{ inconnu }',
      '{',
      `${DECLAREE} `,
      '{ __typename secret }',
      '{ __schema { types { name } } }',
    ]) {
      expect([query, await demander({ query })]).toEqual([query, ['OPERATION_NON_DECLAREE']]);
    }
    expect(temoin.analyses).toBe(1);
  });

  it('leaves everything as it is without a manifest', async () => {
    await demarrer(manifeste());
    expect(await demander({ query: '{ bonjour }' })).toEqual({ bonjour: 'bonjour' });
    expect(await demander(parId(DECLAREE))).toEqual(['PERSISTED_QUERY_NOT_SUPPORTED']);
  });

  it('registers nothing that is sent', async () => {
    await demarrer(manifeste(DECLAREE), true);
    const query = '{ bonjour }';
    expect(await demander({ query, ...parId(query) })).toEqual({ bonjour: 'bonjour' });
    expect(await demander(parId(query))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
  });

  it('refuses at boot what the schema no longer knows, one line a fault', async () => {
    const declarees = manifeste(DECLAREE, 'query Declaree { bonjour ancien\n perdu }', 'query Declaree {');
    await demarrer(declarees);
    const erreur = await verifier(declarees).catch((e: unknown) => e);
    expect(erreur).toBeInstanceOf(ConfigurationInvalide);
    expect((erreur as ConfigurationInvalide).lignes).toEqual([
      expect.stringMatching(/^OPERATIONS_MANIFESTES : essai\.json : l’opération Declaree serait refusée\. .*"ancien"/),
      expect.stringContaining('"perdu"'),
      expect.stringContaining('Syntax Error'),
    ]);
  });
});
