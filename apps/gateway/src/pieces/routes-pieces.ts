import { Readable } from 'node:stream';
import type { ContexteActeur } from '@sillage/access';
import { DepotIndisponible, type ReceptionService, type TelechargementService } from '@sillage/core';
import { type CodeErreur, type ErreurMetier, Refus } from '@sillage/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { FabriqueContexte } from '../graphql/contexte.js';
import { erreurProtocole } from '../graphql/erreurs.js';
import { repondreErreur } from '../http/reponse-erreur.js';
import { traceDe } from '../http/trace.js';

/** What the routes need, once the application has it: they are declared before it exists. */
export interface ServicesPieces {
  readonly reception: Pick<ReceptionService, 'recevoir'>;
  readonly telechargement: Pick<TelechargementService, 'remettre'>;
  readonly contextes: Pick<FabriqueContexte, 'pour'>;
}

export const CHEMIN_PIECES = '/pieces';

/** What the platform spends on a file, as on a mutation. */
const POINTS = 50;
const TYPE_JSON = 'application/json; charset=utf-8';
const NON_RECUE =
  'Le magasin des pièces ne répond pas : rien n’a été reçu. Après quelques secondes, demandez un nouveau ticket et renvoyez le fichier.';
const NON_REMISE = 'Le magasin des pièces ne répond pas : redemandez la pièce après quelques secondes.';
const STATUTS: Readonly<Partial<Record<CodeErreur, number>>> = {
  INTROUVABLE: 404,
  TICKET_INVALIDE: 404,
  ACTION_INTERDITE: 403,
  ETAT_INCOMPATIBLE: 409,
};

/** Files go in and out apart from GraphQL, under the same identity, the same rights and the same budget (ADR 0060). */
export function routesPieces(serveur: FastifyInstance, services: () => ServicesPieces): void {
  void serveur.register((portee, _options, fini) => {
    // A file is bytes, whatever it says it is: none is read before its ticket has been.
    portee.removeAllContentTypeParsers();
    portee.addContentTypeParser('*', (_requete, _corps, suite) => suite(null));
    // Fastify's own would quote the error: this part is made before the gateway has said who answers.
    portee.setErrorHandler(repondreErreur);
    portee.put<{ Params: { ticket: string } }>(`${CHEMIN_PIECES}/:ticket`, (requete, reponse) =>
      repondre(requete, reponse, services, (contexte) => recevoir(requete, reponse, services().reception, contexte)),
    );
    portee.get<{ Params: { id: string } }>(
      `${CHEMIN_PIECES}/:id`,
      // Asked for its headers alone, a file would be noted as read.
      { exposeHeadRoute: false },
      (requete, reponse) =>
        repondre(requete, reponse, services, (contexte) =>
          remettre(requete.params.id, reponse, services().telechargement, contexte),
        ),
    );
    fini();
  });
}

async function recevoir(
  requete: FastifyRequest<{ Params: { ticket: string } }>,
  reponse: FastifyReply,
  reception: ServicesPieces['reception'],
  contexte: ContexteActeur,
): Promise<FastifyReply> {
  const longueur = requete.headers['content-length'];
  const recue = await reception.recevoir(contexte, {
    ticket: requete.params.ticket,
    type: requete.headers['content-type'],
    longueur: longueur === undefined ? null : Number(longueur),
    // A refusal is answered on the connection that a destroyed request would take with it.
    flux: requete.raw.iterator({ destroyOnReturn: false }),
  });
  return reponse.code(201).type(TYPE_JSON).send(JSON.stringify(recue));
}

async function remettre(
  id: string,
  reponse: FastifyReply,
  telechargement: ServicesPieces['telechargement'],
  contexte: ContexteActeur,
): Promise<FastifyReply> {
  const { type, taille, disposition, octets, fermer } = await telechargement.remettre(contexte, id);
  const flux = Readable.from(octets, { objectMode: false });
  flux.once('close', () => void fermer().catch(() => undefined));
  return reponse
    .type(type)
    .headers({
      'content-length': taille,
      'content-disposition': disposition,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    })
    .send(flux);
}

async function repondre(
  requete: FastifyRequest,
  reponse: FastifyReply,
  services: () => ServicesPieces,
  effet: (contexte: ContexteActeur) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const trace = traceDe(requete);
  try {
    const { contexte } = await services().contextes.pour(requete, trace, POINTS);
    if (contexte === undefined) throw erreurProtocole('NON_AUTHENTIFIE');
    return await effet(contexte);
  } catch (erreur) {
    // What is left of a refused file is not read: the answer goes, then the connection.
    if (requete.method === 'PUT') reponse.header('connection', 'close');
    if (erreur instanceof Refus) return refuser(reponse, trace.codes, erreur.erreurs);
    if (erreur instanceof GraphQLError) return fauter(reponse, erreur);
    if (erreur instanceof DepotIndisponible) {
      // Its message is ours, and quotes nothing: it says what to repair.
      requete.log.error({ err: erreur, requeteId: requete.id }, erreur.message);
      trace.codes.add('SERVICE_INDISPONIBLE');
      return fauter(
        reponse,
        erreurProtocole('SERVICE_INDISPONIBLE', requete.method === 'PUT' ? NON_RECUE : NON_REMISE),
      );
    }
    // The client is gone: nobody is told, and nothing is wrong here. A request that was read to its end is destroyed too, not its connection.
    if (requete.raw.socket.destroyed) return reponse.hijack();
    throw erreur;
  }
}

function refuser(reponse: FastifyReply, codes: Set<string>, erreurs: readonly ErreurMetier[]): FastifyReply {
  for (const { code } of erreurs) codes.add(code);
  const statut = STATUTS[erreurs[0]?.code ?? 'VALEUR_INVALIDE'] ?? 422;
  const lues = erreurs.map(({ code, message, path, regle }) => ({ message, extensions: { code, path, regle } }));
  return reponse
    .code(statut)
    .type(TYPE_JSON)
    .send(JSON.stringify({ errors: lues }));
}

function fauter(reponse: FastifyReply, { message, extensions }: GraphQLError): FastifyReply {
  const { http, ...autres } = extensions as { http?: { status: number; headers: Iterable<[string, string]> } };
  for (const [nom, valeur] of http?.headers ?? []) reponse.header(nom, valeur);
  return reponse
    .code(http?.status ?? 500)
    .type(TYPE_JSON)
    .send(JSON.stringify({ errors: [{ message, extensions: autres }] }));
}
