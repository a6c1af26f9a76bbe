import { describe, expect, it } from '@jest/globals';
import { accepte } from './accepte.js';

describe('Accept', () => {
  it.each([
    undefined,
    '',
    '*/*',
    'application/json',
    'Application/JSON',
    'text/html, application/xhtml+xml, */*;q=0.8',
    'application/*',
    'application/graphql-response+json; q=0.9, text/plain',
    'multipart/mixed;deferSpec=20220824,application/json',
  ])('%s admet nos réponses', (entete) => expect(accepte(entete)).toBe(true));

  it.each([
    'text/html',
    'text/*',
    'multipart/mixed',
    'application/json;q=0',
    'application/json;q=0.000',
    'application/json;profile=x',
    'application/jsonx',
    'json',
    'application/json;q=beaucoup',
  ])('%s ne les admet pas', (entete) => expect(accepte(entete)).toBe(false));
});
