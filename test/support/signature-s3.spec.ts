import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { fauteDeSignature, type RequeteSignee } from './signature-s3.js';

/** The examples of the description of Signature Version 4 for S3, with their keys, their dates and what they must give. */
const CLE = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', region: 'us-east-1' };
const ALORS = Date.parse('2013-05-24T00:00:00Z');

function exemple(
  methode: string,
  url: string,
  signature: string,
  entetes: Readonly<Record<string, string>> = {},
  corps = '',
): RequeteSignee {
  const signes: Record<string, string> = {
    host: 'examplebucket.s3.amazonaws.com',
    'x-amz-content-sha256': createHash('sha256').update(corps).digest('hex'),
    'x-amz-date': '20130524T000000Z',
    ...entetes,
  };
  const authorization = [
    'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request',
    `SignedHeaders=${Object.keys(signes).sort().join(';')}`,
    `Signature=${signature}`,
  ].join(',');
  return { method: methode, url, headers: { ...signes, authorization } };
}

const EXEMPLES = [
  exemple('GET', '/test.txt', 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41', {
    range: 'bytes=0-9',
  }),
  exemple(
    'PUT',
    '/test$file.text',
    '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
    'Welcome to Amazon S3.',
  ),
  exemple('GET', '/?max-keys=2&prefix=J', '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'),
];

describe('The store of our tests', () => {
  it.each(EXEMPLES)('accepts the published $method $url', (requete) => {
    expect(fauteDeSignature(requete, CLE, ALORS)).toBeNull();
  });

  it.each(EXEMPLES)('refuses $method $url under another key, date, region, path or header', (requete) => {
    const { headers } = requete;
    expect(fauteDeSignature(requete, { ...CLE, secret: 'autre' }, ALORS)).toBe('SignatureDoesNotMatch');
    expect(fauteDeSignature(requete, { ...CLE, id: 'AUTRE' }, ALORS)).toBe('InvalidAccessKeyId');
    expect(fauteDeSignature(requete, { ...CLE, region: 'fr-par' }, ALORS)).toBe('AuthorizationHeaderMalformed');
    expect(fauteDeSignature(requete, CLE, ALORS + 900_001)).toBe('RequestTimeTooSkewed');
    expect(fauteDeSignature({ ...requete, url: `/autre${requete.url}` }, CLE, ALORS)).toBe('SignatureDoesNotMatch');
    expect(fauteDeSignature({ ...requete, method: 'DELETE' }, CLE, ALORS)).toBe('SignatureDoesNotMatch');
    const vide = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    expect(fauteDeSignature({ ...requete, headers: { ...headers, ...vide } }, CLE, ALORS)).toBe(
      'SignatureDoesNotMatch',
    );
    const ajout = { 'x-amz-meta-autre': 'x' };
    expect(fauteDeSignature({ ...requete, headers: { ...headers, ...ajout } }, CLE, ALORS)).toBe('AccessDenied');
    expect(fauteDeSignature({ ...requete, headers: {} }, CLE, ALORS)).toBe('AccessDenied');
  });
});
