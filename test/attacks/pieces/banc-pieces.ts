import { createHash } from 'node:crypto';
import { TYPES_DE_PIECE, type TypeDePiece } from '@sillage/dispositif-kit';
import { horlogeFixe } from '@sillage/kernel';
import type { Client } from 'pg';
import { aPieces } from '../../plugins/pieces/pieces.js';
import { avecClient } from '../../support/base-essai.js';
import { demarrerWorker } from '../../support/chaine-de-paiement.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../../support/gateway-essai.js';
import { type LieuDesPieces, surDisque } from '../../support/lieux-des-pieces.js';
import { type ErreurLue, lire, muter } from '../../support/parcours-coordo-ase.js';

export const OUVERT = '2026-02-02T09:00:00+01:00';

/** A file, and what is said of it. */
export interface Fichier {
  readonly nom: string;
  readonly type: TypeDePiece;
  readonly octets: Buffer;
}

export interface TicketRecu {
  readonly ticket: string;
  readonly chemin: string;
  readonly expireLe: string;
}

export interface Reponse {
  readonly statut: number;
  readonly code: string | null;
  readonly id: string | null;
}

/** A gateway that receives pieces in a place of its own, on a clock that a spec moves. */
export interface BancPieces {
  readonly gateway: GatewayEssai;
  readonly lieu: LieuDesPieces;
  readonly horloge: ReturnType<typeof horlogeFixe>;
  brouillon(champs?: object, compte?: string): Promise<string>;
  /** @throws Error when it is refused */
  ticket(input: object, compte?: string): Promise<TicketRecu>;
  refusDeTicket(input: object, compte?: string): Promise<ErreurLue[]>;
  envoyer(
    ticket: string,
    octets: Buffer | ReadableStream,
    entetes?: Readonly<Record<string, string>>,
    compte?: string,
  ): Promise<Reponse>;
  /** From the ticket to the answer. */
  joindre(attache: object, code: string, fichier: Fichier): Promise<Reponse>;
  telecharger(id: string, compte: string | null, entetes?: Readonly<Record<string, string>>): Promise<Response>;
  /** Releases what was received, as a scanner that found nothing would. */
  liberer(): Promise<void>;
  /** Files in the store, by name. */
  fichiers(): Promise<string[]>;
  lignes<L extends object>(sql: string, parametres?: unknown[]): Promise<L[]>;
  sql<T>(travail: (client: Client) => Promise<T>): Promise<T>;
  /** Lets a worker run until every piece has left `RECUE`, or for that long. */
  analyser(delaiMs?: number): Promise<void>;
  arreter(): Promise<void>;
}

export function annonce({ nom, type, octets }: Fichier): object {
  const sha256 = createHash('sha256').update(octets).digest('hex');
  return { nom, taille: octets.length, sha256, type: TYPES_DE_PIECE[type].mime };
}

export const texte = (contenu: string, nom = 'note.txt'): Fichier => ({
  nom,
  type: 'TEXTE',
  octets: Buffer.from(contenu),
});

/** Its place is a folder unless another is given, and goes with the rest. */
export async function monterBancPieces(
  env: Readonly<Record<string, string>> = {},
  ouvrirLieu: () => Promise<LieuDesPieces> = surDisque,
): Promise<BancPieces> {
  const lieu = await ouvrirLieu();
  const horloge = horlogeFixe(OUVERT);
  const gateway = await demarrerGatewayEssai({ dispositifs: [aPieces], horloge, env: { ...lieu.env, ...env } });
  await muter(gateway, 'administrateur', 'dispositifActiver', 'dispositif { code }', {
    dispositif: 'a-pieces',
    territoires: ['LENS_LIEVIN'],
  });
  const lignes = <L extends object>(sql: string, parametres: unknown[] = []): Promise<L[]> =>
    avecClient(gateway.base.urlAdmin, async (client) => (await client.query<L>(sql, parametres)).rows);
  const demander = (input: object, compte: string) =>
    muter(gateway, compte, 'pieceTicketDemander', 'ticket { ticket chemin expireLe }', input);
  const ticket: BancPieces['ticket'] = async (input, compte = 'association') => {
    const { ticket: recu, errors } = await demander(input, compte);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return recu as TicketRecu;
  };
  const envoyer: BancPieces['envoyer'] = async (nom, octets, entetes = {}, compte = 'association') => {
    const reponse = await fetch(`${gateway.racine}/pieces/${nom}`, {
      method: 'PUT',
      headers: { ...(await gateway.entetes(compte)), 'content-type': 'application/octet-stream', ...entetes },
      body: octets,
      duplex: 'half',
    });
    const corps = (await reponse.json()) as { id?: string; errors?: { extensions: { code: string } }[] };
    return { statut: reponse.status, code: corps.errors?.[0]?.extensions.code ?? null, id: corps.id ?? null };
  };
  return {
    gateway,
    lieu,
    horloge,
    ticket,
    envoyer,
    lignes,
    sql: (travail) => avecClient(gateway.base.urlAdmin, travail),
    async brouillon(champs = { besoin: 'Un local', travaux: false }, compte = 'association') {
      const { appels, moi } = await lire<{
        appels: { nodes: { id: string }[] };
        moi: { habilitations: { nodes: { structure: { id: string } }[] } };
      }>(
        gateway,
        compte,
        '{ appels(dispositif: "a-pieces") { nodes { id } } moi { habilitations { nodes { structure { id } } } } }',
      );
      const { candidature, errors } = await muter(gateway, compte, 'candidatureAPiecesCreer', 'candidature { id }', {
        appelId: appels.nodes[0]?.id,
        structureId: moi.habilitations.nodes[0]?.structure.id,
        territoires: ['LENS_LIEVIN'],
        champs,
      });
      if (errors.length > 0) throw new Error(JSON.stringify(errors));
      return (candidature as { id: string }).id;
    },
    async refusDeTicket(input, compte = 'association') {
      return (await demander(input, compte)).errors;
    },
    async joindre(attache, code, fichier) {
      const recu = await ticket({ ...attache, code, ...annonce(fichier) });
      return envoyer(recu.ticket, fichier.octets, { 'content-type': TYPES_DE_PIECE[fichier.type].mime });
    },
    async telecharger(id, compte, entetes = {}) {
      const siens = compte === null ? {} : await gateway.entetes(compte);
      return fetch(`${gateway.racine}/pieces/${id}`, { headers: { ...siens, ...entetes } });
    },
    async liberer() {
      await lignes(
        `update sillage.piece set etat = 'LIBEREE', verdict = 'SAINE', analysee_le = recue_le where etat = 'RECUE'`,
      );
    },
    fichiers: () => lieu.fichiers(),
    async analyser(delaiMs = 20_000) {
      const worker = await demarrerWorker(gateway, [aPieces], { sondageMs: 200, quotidiens: false });
      try {
        const fin = performance.now() + delaiMs;
        while (performance.now() < fin) {
          const [reste] = await lignes<{ n: number }>(
            `select count(*)::int as n from sillage.piece where etat = 'RECUE'`,
          );
          if (reste?.n === 0) return;
          await new Promise((suite) => setTimeout(suite, 100));
        }
      } finally {
        await worker.arreter();
      }
    },
    async arreter() {
      await gateway.arreter();
      await lieu.effacer();
    },
  };
}
