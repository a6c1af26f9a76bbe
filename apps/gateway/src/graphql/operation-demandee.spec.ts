import { HeaderMap } from '@apollo/server';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GraphQLError } from 'graphql';
import { operationDemandee } from './operation-demandee.js';

type Requete = Parameters<typeof operationDemandee>[0];
const ID = 'a1'.repeat(32);

function http(method: 'GET' | 'POST', quoi: { search?: string; body?: unknown }): Requete['http'] {
  return { method, headers: new HeaderMap(), search: '', body: undefined, ...quoi };
}
const apollo = (persistedQuery: unknown): Requete => ({ extensions: { persistedQuery } });
const bonne = { version: 1, sha256Hash: ID };

function lire(requete: Requete): unknown {
  try {
    return operationDemandee(requete);
  } catch (erreur) {
    return erreur instanceof GraphQLError ? erreur.extensions['code'] : erreur;
  }
}

describe('operationDemandee', () => {
  it.each<[string, Requete, unknown]>([
    ['a text', { query: '{ a }' }, { texte: '{ a }', id: undefined }],
    ['nothing', {}, { texte: undefined, id: undefined }],
    ['Apollo’s extension', apollo(bonne), { texte: undefined, id: ID }],
    ['a text and its id', { query: '{ a }', ...apollo(bonne) }, { texte: '{ a }', id: ID }],
    ['an empty extension', apollo(null), { texte: undefined, id: undefined }],
    ['documentId', { http: http('POST', { body: { documentId: `sha256:${ID}` } }) }, { id: ID }],
    ['a bare documentId', { http: http('POST', { body: { documentId: ID } }) }, { id: ID }],
    ['documentId null', { http: http('POST', { body: { documentId: null } }) }, { id: undefined }],
    ['documentId in a GET', { http: http('GET', { search: `?documentId=sha256%3A${ID}` }) }, { id: ID }],
    [
      'a POST whose address has one',
      { http: http('POST', { search: `?documentId=${ID}`, body: {} }) },
      { id: undefined },
    ],
    ['both, agreed', { ...apollo(bonne), http: http('POST', { body: { documentId: ID } }) }, { id: ID }],
    ['both, at odds', { ...apollo(bonne), http: http('POST', { body: { documentId: 'b' } }) }, 'BAD_REQUEST'],
    ['another version', apollo({ version: 2, sha256Hash: ID }), 'BAD_REQUEST'],
    ['a version as text', apollo({ version: '1', sha256Hash: ID }), 'BAD_REQUEST'],
    ['no hash', apollo({ version: 1 }), 'BAD_REQUEST'],
    ['a hash that is a list', apollo({ version: 1, sha256Hash: [ID] }), 'BAD_REQUEST'],
    ['an extension that is a text', apollo(ID), 'BAD_REQUEST'],
    ['a documentId that is a number', { http: http('POST', { body: { documentId: 1 } }) }, 'BAD_REQUEST'],
    ['two documentId', { http: http('GET', { search: `?documentId=${ID}&documentId=${ID}` }) }, 'BAD_REQUEST'],
  ])('reads %s', (_, requete, attendu) => {
    if (typeof attendu === 'string') expect(lire(requete)).toBe(attendu);
    else expect(lire(requete)).toEqual({ texte: undefined, ...(attendu as object) });
  });

  it('takes anything: it reads, or it is a bad request', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.string(), (persistedQuery, body, search) => {
        const lues = [
          lire({ ...apollo(persistedQuery), http: http('POST', { body }) }),
          lire({ ...apollo(persistedQuery), http: http('POST', { body: { documentId: body } }) }),
          lire({ http: http('GET', { search }) }),
        ];
        for (const lue of lues) if (lue !== 'BAD_REQUEST') expect(lue).toHaveProperty('id');
      }),
    );
  });
});
