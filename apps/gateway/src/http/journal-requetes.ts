import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { MetriquesGraphql } from '../graphql/metriques.js';
import { CHEMIN_PIECES } from '../pieces/routes-pieces.js';
import { type Trace, traceDe } from './trace.js';

/**
 * One line a request: ids, names of our schema's side, codes, duration. Never the address (a GET carries variables in it), the
 * body, nor the headers. GraphQL requests are measured at the same place, so that what failed before Apollo counts too.
 */
export function journaliserRequetes(serveur: FastifyInstance, chemin: string, metriques: MetriquesGraphql): void {
  serveur.addHook('onResponse', (requete, reponse, suite) => {
    const route = requete.routeOptions.url ?? 'inconnue';
    if (route !== chemin) {
      const lue = ligne(requete, reponse, route);
      if (route.startsWith(CHEMIN_PIECES)) requete.log.info({ ...lue, ...deTrace(traceDe(requete)) }, 'requête');
      // Probes come every few seconds.
      else requete.log.debug(lue, 'requête');
      suite();
      return;
    }
    const trace = traceDe(requete);
    if (trace.codes.size === 0 && reponse.statusCode >= 400)
      trace.codes.add(reponse.statusCode < 500 ? 'BAD_REQUEST' : 'ERREUR_INTERNE');
    metriques.observer(trace, reponse.elapsedTime / 1000);
    requete.log.info({ ...ligne(requete, reponse, route), ...deTrace(trace) }, 'requête');
    suite();
  });
}

function ligne(requete: FastifyRequest, reponse: FastifyReply, route: string): Record<string, unknown> {
  return {
    requeteId: requete.id,
    methode: requete.method,
    route,
    statut: reponse.statusCode,
    dureeMs: Math.round(reponse.elapsedTime * 10) / 10,
  };
}

function deTrace({ acteurId, departementId, operation, genre, points, codes }: Trace): Record<string, unknown> {
  return { acteurId, departementId, operation, genre, points, codes: [...codes] };
}
