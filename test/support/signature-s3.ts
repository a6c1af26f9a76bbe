import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The key that a store knows, and where it is. */
export interface CleS3 {
  readonly id: string;
  readonly secret: string;
  readonly region: string;
}

/** What of a request is signed. */
export type RequeteSignee = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

const FORME =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;
const QUART_D_HEURE_MS = 900_000;

/**
 * What is wrong with a request's signature, as S3 says it, or null: Signature Version 4 from its published description, apart from whatever
 * signs.
 */
export function fauteDeSignature(requete: RequeteSignee, cle: CleS3, maintenant = Date.now()): string | null {
  const { authorization = '', 'x-amz-date': date, 'x-amz-content-sha256': empreinte } = requete.headers;
  const [, id, jour = '', region = '', signes = '', signature] = FORME.exec(authorization) ?? [];
  if (signature === undefined || typeof date !== 'string' || typeof empreinte !== 'string') return 'AccessDenied';
  if (id !== cle.id) return 'InvalidAccessKeyId';
  if (region !== cle.region) return 'AuthorizationHeaderMalformed';
  if (!date.startsWith(jour) || Math.abs(maintenant - instant(date)) > QUART_D_HEURE_MS) return 'RequestTimeTooSkewed';
  const noms = signes.split(';');
  const aSigner = Object.keys(requete.headers).filter((nom) => nom === 'host' || nom.startsWith('x-amz-'));
  if (aSigner.some((nom) => !noms.includes(nom)) || noms.join(';') !== [...noms].sort().join(';'))
    return 'AccessDenied';
  const canonique = [
    requete.method,
    chemin(requete),
    parametres(requete),
    ...noms.map((nom) => `${nom}:${String(requete.headers[nom] ?? '').trim()}`),
    '',
    signes,
    empreinte,
  ].join('\n');
  const portee = `${jour}/${region}/s3/aws4_request`;
  const texte = ['AWS4-HMAC-SHA256', date, portee, createHash('sha256').update(canonique).digest('hex')].join('\n');
  const cleDuJour = [jour, region, 's3', 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${cle.secret}`);
  return hmac(cleDuJour, texte).toString('hex') === signature ? null : 'SignatureDoesNotMatch';
}

function hmac(cle: Buffer | string, texte: string): Buffer {
  return createHmac('sha256', cle).update(texte).digest();
}

/** `20261128T064500Z` */
function instant(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

function chemin({ url = '' }: RequeteSignee): string {
  const [brut = ''] = url.split('?');
  return brut
    .split('/')
    .map((partie) => encoder(decodeURIComponent(partie)))
    .join('/');
}

function parametres({ url = '' }: RequeteSignee): string {
  const [, brut = ''] = url.split('?');
  if (brut === '') return '';
  return brut
    .split('&')
    .map((paire) => paire.split('=').map((partie) => encoder(decodeURIComponent(partie))))
    .map(([nom = '', valeur = '']) => `${nom}=${valeur}`)
    .sort()
    .join('&');
}

function encoder(texte: string): string {
  return encodeURIComponent(texte).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
