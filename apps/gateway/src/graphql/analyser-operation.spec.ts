import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { analyserOperation } from './analyser-operation.js';

const schema = buildSchema(`
  interface Dossier { id: ID! territoires: [Territoire!]! }
  type Territoire { code: String! }
  type Versement implements Dossier { id: ID! territoires: [Territoire!]! }
  type Candidature implements Dossier { id: ID! territoires: [Territoire!]! versements(first: Int, last: Int): VersementConnection! }
  type VersementConnection { nodes: [Versement!]! pageInfo: PageInfo! }
  type CandidatureConnection { nodes: [Candidature!]! edges: [CandidatureEdge!]! pageInfo: PageInfo! }
  type CandidatureEdge { cursor: String! node: Candidature! }
  type PageInfo { hasNextPage: Boolean! }
  type Query { version: String! candidatures(first: Int, last: Int): CandidatureConnection! dossier(id: ID!): Dossier }
`);

function analyser(texte: string, variables: Record<string, unknown> = {}): ReturnType<typeof analyserOperation> {
  const { definitions } = parse(texte);
  const fragments = definitions.filter((d): d is FragmentDefinitionNode => d.kind === Kind.FRAGMENT_DEFINITION);
  return analyserOperation({
    schema,
    operation: definitions.find((d): d is OperationDefinitionNode => d.kind === Kind.OPERATION_DEFINITION)!,
    fragments: Object.fromEntries(fragments.map((f) => [f.name.value, f])),
    variables,
  });
}

describe('analyserOperation : coût', () => {
  it.each([
    ['{ version }', 0],
    ['{ candidatures(first: 10) { nodes { id } } }', 11],
    ['{ candidatures { nodes { id } } }', 51],
    ['{ candidatures(first: 10) { nodes { id } pageInfo { hasNextPage } } }', 12],
    ['{ candidatures(last: 10) { edges { node { id } } } }', 21],
    ['{ candidatures(first: 10) { nodes { territoires { code } } } }', 41],
    ['{ candidatures(first: 10) { nodes { versements(first: 20) { nodes { id } } } } }', 221],
    // Never executed, or refused when it is: it takes nothing off what stands beside it.
    [
      '{ a: candidatures(first: -1000000) @skip(if: true) { nodes { id } } candidatures(first: 10) { nodes { id } } }',
      13,
    ],
    ['{ candidatures(last: 0) { nodes { id } } }', 2],
    ['{ dossier(id: "x") { ... on Candidature { versements(first: 5) { nodes { id } } } } }', 7],
    ['{ a: candidatures(first: 10) { nodes { id } } b: candidatures(first: 10) { nodes { id } } }', 22],
    ['{ __schema { types { fields { type { name } } } } }', 0],
  ])('%s compte %i objets', (texte, attendu) => {
    expect(analyser(texte).cout).toBe(attendu);
  });

  it('compte un fragment à chaque emploi, et le lit une fois', () => {
    const fragments = Array.from(
      { length: 40 },
      (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`,
    ).join(' ');
    const { cout } = analyser(
      `{ ...f0 } ${fragments} fragment f40 on Query { candidatures(first: 1) { pageInfo { hasNextPage } } }`,
    );
    expect(cout).toBe(2 * 2 ** 40);
  });

  it('croît avec la taille de page, par variable comme par valeur', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 }), (n, m) => {
        const litteral = analyser(
          `{ candidatures(first: ${n}) { nodes { versements(last: ${m}) { nodes { id } } } } }`,
        );
        const variable = analyser(
          'query ($n: Int, $m: Int) { candidatures(first: $n) { nodes { versements(last: $m) { nodes { id } } } } }',
          { n, m },
        );
        expect(litteral.cout).toBe(1 + n * (2 + m));
        expect(variable).toEqual(litteral);
      }),
    );
  });
});

describe('analyserOperation : pages', () => {
  it.each<[string, Record<string, unknown>, number[]]>([
    ['{ candidatures(first: 101) { nodes { id } } }', {}, [101]],
    ['query ($n: Int) { candidatures(last: $n) { nodes { id } } }', { n: 500 }, [500]],
    ['query ($n: Int = 300) { candidatures(first: $n) { nodes { id } } }', {}, [300]],
    ['query ($n: Int = 300) { candidatures(first: $n) { nodes { id } } }', { n: 10 }, [10]],
    ['query ($n: Int = 300) { candidatures(first: $n) { nodes { id } } }', { n: null }, []],
    ['query ($constructor: Int = 300) { candidatures(first: $constructor) { nodes { id } } }', {}, [300]],
    ['query ($toString: Int) { candidatures(first: $toString) { nodes { id } } }', {}, []],
    ['{ ...q } fragment q on Query { candidatures(first: 400) { pageInfo { hasNextPage } } }', {}, [400]],
    ['{ ... { candidatures(first: 7, last: 400) { pageInfo { hasNextPage } } } }', {}, [7, 400]],
  ])('%s %j', (texte, variables, attendu) => {
    expect(analyser(texte, variables).pages).toEqual(attendu);
  });
});

describe('analyserOperation : introspection seule', () => {
  it.each([
    ['{ __typename }', true],
    ['{ ...q } fragment q on Query { __schema { types { name } } t: __type(name: "X") { name } }', true],
    ['{ __typename version }', false],
    ['{ ...q } fragment q on Query { ... on Query { version } }', false],
    ['{ __typename: version }', false],
  ])('%s : %s', (texte, attendu) => {
    expect(analyser(texte).introspectionSeule).toBe(attendu);
  });
});
