import type { Socket } from 'node:net';
import { type CodeProtocole, CODES_PROTOCOLE } from '@sillage/kernel';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { estIndisponibilite } from '../graphql/formater-erreur.js';
import { traceDe } from './trace.js';

/** Answers what failed before GraphQL, in the shape of a GraphQL answer: an unreadable body, a body too large, another type. */
export function repondreErreur(erreur: FastifyError, requete: FastifyRequest, reponse: FastifyReply): void {
  const statut = statutFautif(erreur);
  if (statut === undefined) requete.log.error({ err: erreur, requeteId: requete.id }, 'erreur imprévue');
  const code = codeDe(statut, erreur);
  repondre(requete, reponse, {
    statut: statut ?? (code === 'SERVICE_INDISPONIBLE' ? 503 : 500),
    code,
    message: PRECISIONS[erreur.code] ?? CODES_PROTOCOLE[code].description,
  });
}

export function repondreInconnu(requete: FastifyRequest, reponse: FastifyReply): void {
  repondre(requete, reponse, {
    statut: 404,
    code: 'BAD_REQUEST',
    message: 'Il n’y a rien à cette adresse : l’API est en POST sur `/graphql`.',
  });
}

/** Answers what is no HTTP request, or comes too slowly to be one, and hangs up: what follows cannot be told from what came before. */
export function repondreIllisible(erreur: Error & { code?: string }, prise: Socket): void {
  if (erreur.code === 'ECONNRESET' || prise.destroyed) return;
  const statut = STATUTS_ILLISIBLES[erreur.code ?? ''] ?? '400 Bad Request';
  const code: CodeProtocole = statut.startsWith('431') ? 'REQUETE_TROP_GRANDE' : 'BAD_REQUEST';
  const corps = JSON.stringify({ errors: [{ message: CODES_PROTOCOLE[code].description, extensions: { code } }] });
  const entetes = [
    `HTTP/1.1 ${statut}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(corps)}`,
    'connection: close',
  ];
  if (prise.writable) prise.write(`${entetes.join('\r\n')}\r\n\r\n${corps}`);
  prise.destroy(erreur);
}

/** By what Node's parser says of it. */
const STATUTS_ILLISIBLES: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

/** Fastify's own codes that deserve more than their protocol code's sentence. */
const PRECISIONS: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'Le corps de la requête n’est pas du JSON.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'Le corps de la requête est vide : il doit porter `query`.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Le corps de la requête doit être annoncé en `application/json`.',
  FST_ERR_CTP_BODY_TOO_LARGE: 'Le corps de la requête dépasse la taille admise : découpez la requête.',
};

/** The status of a fault of the caller's; undefined when it is ours. */
function statutFautif({ statusCode, code }: FastifyError): number | undefined {
  // The address is rebuilt with `Host`, which may be anything.
  if (code === 'ERR_INVALID_URL') return 400;
  return statusCode !== undefined && statusCode < 500 ? statusCode : undefined;
}

function codeDe(statut: number | undefined, erreur: FastifyError): CodeProtocole {
  if (statut === undefined) return estIndisponibilite(erreur) ? 'SERVICE_INDISPONIBLE' : 'ERREUR_INTERNE';
  return statut === 413 ? 'REQUETE_TROP_GRANDE' : 'BAD_REQUEST';
}

function repondre(
  requete: FastifyRequest,
  reponse: FastifyReply,
  { statut, code, message }: { statut: number; code: CodeProtocole; message: string },
): void {
  traceDe(requete).codes.add(code);
  const extensions = code === 'ERREUR_INTERNE' ? { code, requeteId: requete.id } : { code };
  void reponse
    .code(statut)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify({ errors: [{ message, extensions }] }));
}
