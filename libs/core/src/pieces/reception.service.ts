import { createHash, randomUUID } from 'node:crypto';
import { type ContexteActeur, Coffre } from '@sillage/access';
import { typeDePiece } from '@sillage/dispositif-kit';
import { type Horloge, Refus } from '@sillage/kernel';
import { Outbox, UniteDeTravail } from '@sillage/persistence';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { HORLOGE, idOpaque } from '../api/index.js';
import { JournalService } from '../journal/index.js';
import { analyserPiece } from './analyse/analyser-piece.js';
import { controlerContenu } from './contenu/controler-contenu.js';
import type { Brouillon, NomDeFichier, Octets } from './depot/depot-de-pieces.js';
import { Scellage, tirerCle } from './depot/fichier-scelle.js';
import { DossiersDesPieces } from './dossiers-des-pieces.js';
import { OPTIONS_PIECES, type OptionsPieces } from './options-pieces.js';
import { type EtatPiece, Piece, PieceTicket, placeDe } from './piece.entity.js';
import { TicketService, ticketInvalide } from './ticket.service.js';

/** A file as it arrives. */
export interface Envoi {
  readonly ticket: string;
  /** What the request announces, when it does. */
  readonly type: string | undefined;
  readonly longueur: number | null;
  readonly flux: AsyncIterable<Buffer>;
}

export interface PieceRecue {
  readonly id: string;
  readonly etat: EtatPiece;
}

/**
 * Receives a file in quarantine. The ticket is taken first, the file written aside, sealed, measured and looked into; only then does it get
 * its name and its row. Whatever goes wrong on the way leaves neither.
 */
@Injectable()
export class ReceptionService {
  constructor(
    private readonly unites: UniteDeTravail,
    private readonly tickets: TicketService,
    private readonly dossiers: DossiersDesPieces,
    private readonly coffre: Coffre,
    private readonly outbox: Outbox,
    private readonly journal: JournalService,
    @Inject(OPTIONS_PIECES) private readonly options: OptionsPieces,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /** @throws Refus TICKET_INVALIDE, PIECE_REFUSEE, or what the dossier has become meanwhile */
  async recevoir(contexte: ContexteActeur, envoi: Envoi): Promise<PieceRecue> {
    const { depot } = this.options;
    if (depot === null) throw ticketInvalide();
    const { departementId } = contexte;
    const ticket = await this.unites.executer(departementId, (em) => this.tickets.prendre(em, contexte, envoi.ticket));
    refuserLAnnonce(envoi, ticket);
    const fichier = { departementId, id: randomUUID() };
    const cle = tirerCle();
    const brouillon = await depot.commencer(fichier);
    let publie = false;
    try {
      const octets = await ecrire(brouillon, fichier, cle, envoi.flux, ticket);
      const refus = await controlerContenu(octets, ticket.type);
      if (refus !== null) throw refusee(`Le fichier est refusé : ${refus}.`);
      await brouillon.publier();
      publie = true;
      return await this.unites.executer(departementId, (em) => this.#inscrire(em, contexte, ticket, fichier, cle));
    } catch (erreur) {
      // Whether a commit that was cut short has held, nobody knows: a file without a row is swept, a row needs its file.
      if (!publie || erreur instanceof Refus) await brouillon.abandonner();
      throw erreur;
    }
  }

  async #inscrire(
    em: EntityManager,
    contexte: ContexteActeur,
    ticket: PieceTicket,
    fichier: NomDeFichier,
    cle: Buffer,
  ): Promise<PieceRecue> {
    const { departementId } = contexte;
    const { id, candidatureId, conventionId, quand, code, type, taille, empreinte } = ticket;
    // Rights and states again: ten minutes have passed perhaps, and the dossier's row is now held.
    const { declaration } = await this.dossiers.ouvrir(em, contexte, ticket, code);
    const maintenant = this.horloge.maintenant();
    const de = candidatureId === null ? { conventionId: conventionId as string } : { candidatureId };
    if (!declaration.plusieurs) {
      await em.update(Piece, { departementId, ...de, code, remplaceeLe: IsNull() }, { remplaceeLe: maintenant });
    }
    const nom = await this.coffre.dechiffrer(em, departementId, placeDe('piece_ticket', 'nom', id), ticket.nom);
    const [nomScelle, cleScellee] = await this.coffre.chiffrerTous(em, departementId, [
      { place: placeDe('piece', 'nom', id), texte: nom },
      { place: placeDe('piece', 'cle', id), texte: cle.toString('base64') },
    ]);
    await em.insert(Piece, {
      departementId,
      id,
      candidatureId,
      conventionId,
      quand,
      code,
      nom: nomScelle as Buffer,
      type,
      taille,
      empreinte,
      stockage: fichier.id,
      cle: cleScellee as Buffer,
      etat: 'RECUE',
      recueLe: maintenant,
      recuePar: contexte.acteur.utilisateurId,
    });
    await this.journal.ecrire(em, contexte, {
      action: 'pieceRecevoir',
      objetType: 'Piece',
      objetId: id,
      regles: ['TRANS-27', declaration.regle],
      details: { code, quand, type, taille, empreinte, ...de },
    });
    await this.outbox.publier(em, analyserPiece.pour(departementId, { pieceId: id, essai: 0 }));
    return { id: idOpaque('Piece', id), etat: 'RECUE' };
  }
}

/** What can be refused before a byte is read. */
function refuserLAnnonce({ type, longueur }: Envoi, ticket: PieceTicket): void {
  if (longueur !== null && longueur !== ticket.taille) throw mauvaiseTaille(ticket);
  if (type === undefined || type.startsWith('application/octet-stream') || typeDePiece(type) === ticket.type) return;
  throw refusee('Le type du fichier envoyé n’est pas celui que le ticket annonce.');
}

/** Sealed as it comes, and no further than the size announced. */
async function ecrire(
  brouillon: Brouillon,
  fichier: NomDeFichier,
  cle: Buffer,
  flux: AsyncIterable<Buffer>,
  ticket: PieceTicket,
): Promise<Octets> {
  const scellage = new Scellage(brouillon, fichier, cle);
  const empreinte = createHash('sha256');
  let taille = 0;
  for await (const octets of flux) {
    taille += octets.length;
    if (taille > ticket.taille) throw mauvaiseTaille(ticket);
    empreinte.update(octets);
    await scellage.ajouter(octets);
  }
  if (taille !== ticket.taille) throw mauvaiseTaille(ticket);
  if (empreinte.digest('hex') !== ticket.empreinte) {
    throw refusee('L’empreinte SHA-256 du fichier n’est pas celle que le ticket annonce.');
  }
  return scellage.finir();
}

function mauvaiseTaille({ taille }: PieceTicket): Refus {
  return refusee(`Le fichier n’a pas la taille que le ticket annonce : ${taille} octets.`);
}

function refusee(message: string): Refus {
  return Refus.de('PIECE_REFUSEE', message, { path: ['fichier'], regle: 'TRANS-27' });
}
