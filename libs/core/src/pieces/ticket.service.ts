import { type ContexteActeur, Coffre } from '@sillage/access';
import {
  type Parametres,
  type ParametresResolus,
  type TypeDePiece,
  typeDePiece,
  TYPES_DE_PIECE,
} from '@sillage/dispositif-kit';
import { aujourdhui, elaguer, type Horloge, Refus } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, IsNull, MoreThan } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { HORLOGE, lireId } from '../api/index.js';
import { ParametreService } from '../parametres/index.js';
import { type Attache, type DossierOuvert, DossiersDesPieces } from './dossiers-des-pieces.js';
import { nettoyerNom } from './nom-de-fichier.js';
import { OPTIONS_PIECES, type OptionsPieces } from './options-pieces.js';
import { PieceTicket, placeDe } from './piece.entity.js';

/** A file that somebody is about to send. */
export interface DemandeDeTicket {
  candidatureId?: string | null;
  conventionId?: string | null;
  code: string;
  nom: string;
  /** Bytes. */
  taille: number;
  /** In hexadecimal. */
  sha256: string;
  /** Content type. */
  type: string;
}

/** What is given back to who asked for a ticket. */
export interface TicketRemis {
  readonly ticket: string;
  readonly chemin: string;
  readonly expireLe: string;
}

const MO = 1_000_000;
const NOM_MAX = 1_000;
/** Files of one code on one dossier. */
const FICHIERS_MAX = 20;
/** Of one person, unused and not expired. */
const TICKETS_MAX = 20;
const USAGE = 'piece.ticket';
const FORME = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;

/** Tickets: who may send which file, to which dossier, once, soon. Runs in the caller's transaction. */
@Injectable()
export class TicketService {
  constructor(
    private readonly dossiers: DossiersDesPieces,
    private readonly parametres: ParametreService,
    private readonly coffre: Coffre,
    @Inject(OPTIONS_PIECES) private readonly options: OptionsPieces,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /** @returns the uuid of the ticket @throws Refus */
  async demander(em: EntityManager, contexte: ContexteActeur, demande: DemandeDeTicket): Promise<string> {
    const attache = lireAttache(demande);
    const dossier = await this.dossiers.ouvrir(em, contexte, attache, demande.code);
    if (this.options.depot === null) {
      throw Refus.de('ETAT_INCOMPATIBLE', 'Cette plateforme ne reçoit pas de pièces : aucun dépôt n’est configuré.', {
        path: ['input', 'code'],
        regle: 'TRANS-27',
      });
    }
    const { departementId, acteur } = contexte;
    const parametres = await this.parametres.resoudre(
      em,
      departementId,
      dossier.dispositif,
      aujourdhui(this.horloge),
      dossier.parametres,
    );
    const type = lireType(demande.type, dossier);
    this.#exigerTaille(demande.taille, dossier, parametres);
    const empreinte = lireEmpreinte(demande.sha256);
    const nom = lireNom(demande.nom, type);
    await this.#exigerPlace(em, contexte, dossier);
    const id = uuidv7();
    const creeLe = this.horloge.maintenant();
    await em.insert(PieceTicket, {
      departementId,
      id,
      ...attache,
      quand: dossier.quand,
      code: demande.code,
      nom: await this.coffre.chiffrer(em, departementId, placeDe('piece_ticket', 'nom', id), nom),
      type,
      taille: demande.taille,
      empreinte,
      par: acteur.utilisateurId,
      creeLe,
      expireLe: creeLe.add({ minutes: entierDe(parametres, 'delaiTicketPiece') }),
      utiliseLe: null,
    });
    return id;
  }

  /** What the caller sends back with the file: the ticket's id, signed with all that it is worth for. */
  async relire(em: EntityManager, { departementId }: ContexteActeur, id: string): Promise<TicketRemis> {
    const ticket = await em.findOneByOrFail(PieceTicket, { departementId, id });
    const texte = `${id}.${this.coffre.attester(USAGE, valeurs(ticket)).toString('base64url')}`;
    return { ticket: texte, chemin: `/pieces/${texte}`, expireLe: ticket.expireLe.toString() };
  }

  /**
   * Takes the ticket: from the COMMIT on it has served, whatever becomes of the file.
   * @throws Refus TICKET_INVALIDE, in one way for all that may be wrong with it
   */
  async prendre(em: EntityManager, { departementId, acteur }: ContexteActeur, texte: string): Promise<PieceTicket> {
    const [, id, signature] = FORME.exec(texte) ?? [];
    if (id === undefined || signature === undefined) throw ticketInvalide();
    const ticket = await em
      .createQueryBuilder(PieceTicket, 't')
      .setLock('pessimistic_write')
      .where({ departementId, id })
      .getOne();
    const maintenant = this.horloge.maintenant();
    const vaut =
      ticket !== null &&
      ticket.par === acteur.utilisateurId &&
      ticket.utiliseLe === null &&
      ticket.expireLe.epochMilliseconds > maintenant.epochMilliseconds &&
      this.coffre.atteste(USAGE, valeurs(ticket), Buffer.from(signature, 'base64url'));
    if (!vaut) throw ticketInvalide();
    await em.update(PieceTicket, { departementId, id }, { utiliseLe: maintenant });
    return ticket;
  }

  #exigerTaille(taille: number, { declaration }: DossierOuvert, parametres: ParametresResolus<Parametres>): void {
    const admise = entierDe(parametres, declaration.tailleMax ?? 'tailleMaxPiece') * MO;
    const max = Math.min(admise, this.options.tailleMaxOctets);
    if (taille >= 1 && taille <= max) return;
    throw Refus.de('VALEUR_INVALIDE', `Le fichier compte de 1 à ${max} octets.`, {
      path: ['input', 'taille'],
      regle: declaration.regle,
    });
  }

  async #exigerPlace(
    em: EntityManager,
    { departementId, acteur }: ContexteActeur,
    { declaration, presentes }: DossierOuvert,
  ): Promise<void> {
    const path = ['input', 'code'];
    if (declaration.plusieurs && presentes.length >= FICHIERS_MAX) {
      throw Refus.de('ETAT_INCOMPATIBLE', `Cette pièce compte déjà ${FICHIERS_MAX} fichiers.`, {
        path,
        regle: declaration.regle,
      });
    }
    const enCours = await em.countBy(PieceTicket, {
      departementId,
      par: acteur.utilisateurId,
      utiliseLe: IsNull(),
      expireLe: MoreThan(this.horloge.maintenant()),
    });
    if (enCours < TICKETS_MAX) return;
    throw Refus.de(
      'ETAT_INCOMPATIBLE',
      `Vous avez ${enCours} tickets en cours : servez-vous-en, ou attendez leur fin.`,
      {
        path,
        regle: 'TRANS-27',
      },
    );
  }
}

function valeurs(t: PieceTicket): (string | number)[] {
  const attache = t.candidatureId ?? t.conventionId ?? '';
  const expire = t.expireLe.epochMilliseconds;
  return [t.departementId, t.id, t.par, attache, t.quand, t.code, t.type, t.taille, t.empreinte, expire];
}

export function ticketInvalide(): Refus {
  return Refus.de('TICKET_INVALIDE', 'Ce ticket n’existe pas, a expiré, a déjà servi, ou n’est pas le vôtre.', {
    path: ['ticket'],
    regle: 'TRANS-27',
  });
}

function lireAttache({ candidatureId, conventionId }: DemandeDeTicket): Attache {
  if (candidatureId && !conventionId) {
    return { candidatureId: lireId('Candidature', candidatureId, ['input', 'candidatureId']), conventionId: null };
  }
  if (conventionId && !candidatureId) {
    return { candidatureId: null, conventionId: lireId('Convention', conventionId, ['input', 'conventionId']) };
  }
  throw Refus.de('CHAMP_OBLIGATOIRE', 'Une pièce se joint à une candidature ou à une convention : dites laquelle.', {
    path: ['input', 'candidatureId'],
    regle: 'TRANS-27',
  });
}

function lireType(mime: string, { declaration }: DossierOuvert): TypeDePiece {
  const type = typeDePiece(mime);
  if (type !== null && declaration.types.includes(type)) return type;
  const admis = declaration.types.map((nom) => TYPES_DE_PIECE[nom].mime).join(', ');
  throw Refus.de('VALEUR_INVALIDE', `Types admis pour cette pièce : ${admis}.`, {
    path: ['input', 'type'],
    regle: declaration.regle,
  });
}

function lireEmpreinte(sha256: string): string {
  const empreinte = sha256.toLowerCase();
  if (/^[0-9a-f]{64}$/.test(empreinte)) return empreinte;
  throw Refus.de('VALEUR_INVALIDE', 'L’empreinte SHA-256 s’écrit en 64 chiffres hexadécimaux.', {
    path: ['input', 'sha256'],
    regle: 'TRANS-27',
  });
}

function lireNom(nom: string, type: TypeDePiece): string {
  if (elaguer(nom) !== '' && nom.length <= NOM_MAX) return nettoyerNom(nom, type);
  throw Refus.de('VALEUR_INVALIDE', 'Le nom du fichier est à donner, en 1 000 caractères au plus.', {
    path: ['input', 'nom'],
    regle: 'TRANS-27',
  });
}

function entierDe(parametres: ParametresResolus<Parametres>, cle: string): number {
  return (parametres[cle] as unknown as { readonly valeur: number }).valeur;
}
