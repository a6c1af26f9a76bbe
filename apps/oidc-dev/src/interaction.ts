import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { errors } from 'oidc-provider';
import type Provider from 'oidc-provider';
import { PERSONNES_DEMO } from './comptes-demo.js';
import { pageConnexion, pageErreur, POLITIQUE_CONTENU } from './pages.js';

const TAILLE_MAXIMALE = 1024;

/** The login page, and what comes back from it. The provider ties both to the browser that began. */
export async function traiterInteraction(provider: Provider, req: IncomingMessage, res: ServerResponse): Promise<void> {
  try {
    const { uid } = await provider.interactionDetails(req, res);
    if (req.method === 'GET') return repondre(res, 200, pageConnexion(`/interaction/${uid}`, PERSONNES_DEMO));
    if (req.method !== 'POST') return repondre(res, 405, pageErreur('Cette adresse se lit ou reçoit un formulaire.'));
    const sub = await compteChoisi(req);
    if (sub === null) return repondre(res, 400, pageErreur('Ce compte ne fait pas partie de la démonstration.'));
    // Native clients are always asked for consent: choosing the account is giving it.
    await provider.interactionFinished(req, res, { login: { accountId: sub, remember: false }, consent: {} });
  } catch (erreur) {
    if (!(erreur instanceof errors.SessionNotFound)) throw erreur;
    repondre(res, 400, pageErreur('Cette demande de connexion a expiré, ou a commencé dans un autre navigateur.'));
  }
}

async function compteChoisi(req: IncomingMessage): Promise<string | null> {
  if (Number(req.headers['content-length'] ?? Infinity) > TAILLE_MAXIMALE) return null;
  const choix = new URLSearchParams(await text(req)).get('compte');
  return PERSONNES_DEMO.find(({ sub }) => sub === choix)?.sub ?? null;
}

function repondre(res: ServerResponse, statut: number, page: string): void {
  res.writeHead(statut, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': POLITIQUE_CONTENU,
    'cache-control': 'no-store',
  });
  res.end(page);
}
