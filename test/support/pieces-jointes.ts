import { createHash } from 'node:crypto';
import { PDF } from '../attacks/pieces/fichiers.js';
import { faire } from './chaine-de-paiement.js';
import type { GatewayEssai } from './gateway-essai.js';
import { lire } from './parcours-coordo-ase.js';

export { surDisque as ouvrirDepotDePieces } from './lieux-des-pieces.js';

/** On what pieces hang: one of the two. */
export type Attache = { readonly candidatureId: string } | { readonly conventionId: string };

/** Joins a page of PDF under each code, over HTTP. @throws Error when one is refused */
export async function joindrePieces(
  gateway: GatewayEssai,
  porteur: string,
  attache: Attache,
  codes: readonly string[],
): Promise<void> {
  for (const code of codes) {
    const { ticket } = await faire(gateway, porteur, 'pieceTicketDemander', 'ticket { chemin }', {
      ...attache,
      code,
      nom: `${code}.pdf`,
      taille: PDF.length,
      sha256: createHash('sha256').update(PDF).digest('hex'),
      type: 'application/pdf',
    });
    const { status } = await fetch(`${gateway.racine}${(ticket as { chemin: string }).chemin}`, {
      method: 'PUT',
      headers: { ...(await gateway.entetes(porteur)), 'content-type': 'application/pdf' },
      body: PDF,
    });
    if (status !== 201) throw new Error(`${code} : ${status}`);
  }
}

/** Frees, as the siège, every piece of a dossier that a worker has taken out of quarantine. @throws Error after twenty seconds */
export async function libererPieces(gateway: GatewayEssai, attache: Attache): Promise<void> {
  const limite = performance.now() + 20_000;
  while (performance.now() < limite) {
    const pieces = await piecesDe(gateway, attache);
    if (!pieces.some(({ etat }) => etat === 'RECUE')) {
      for (const { id: pieceId } of pieces.filter(({ etat }) => etat === 'NON_ANALYSEE'))
        await faire(gateway, 'siege', 'pieceLiberer', 'piece { id }', { pieceId, motif: 'Vue.' });
      return;
    }
    await new Promise((r) => setTimeout(r, 50));
  }
  throw new Error('Les pièces restent en quarantaine.');
}

interface PieceLue {
  readonly id: string;
  readonly etat: string;
}

async function piecesDe(gateway: GatewayEssai, attache: Attache): Promise<PieceLue[]> {
  const [objet, id] =
    'candidatureId' in attache ? ['candidature', attache.candidatureId] : ['convention', attache.conventionId];
  const lu = await lire<Record<string, { pieces: PieceLue[] }>>(
    gateway,
    'siege',
    `{ ${objet}(id: "${id}") { pieces { id etat } } }`,
  );
  return lu[objet]?.pieces ?? [];
}
