import { type ContexteActeur, Coffre, peut } from '@sillage/access';
import { piecesDe, TYPES_DE_PIECE } from '@sillage/dispositif-kit';
import { exiger, Refus } from '@sillage/kernel';
import { UniteDeTravail } from '@sillage/persistence';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { introuvable, lireId } from '../api/index.js';
import { JournalService } from '../journal/index.js';
import { FichierAltere, ouvrirScelle, parSegments } from './depot/fichier-scelle.js';
import { type DossierLu, DossiersDesPieces } from './dossiers-des-pieces.js';
import { dispositionJointe } from './nom-de-fichier.js';
import { OPTIONS_PIECES, type OptionsPieces } from './options-pieces.js';
import { Piece, placeDe } from './piece.entity.js';
import { deciderRemise } from './piece.policy.js';

/** A released file, on its way to who may read its dossier. */
export interface PieceRemise {
  readonly type: string;
  readonly taille: number;
  /** Value of `Content-Disposition`. */
  readonly disposition: string;
  readonly octets: AsyncIterable<Buffer>;
  /** To be called once, read or not. */
  readonly fermer: () => Promise<void>;
}

interface Autorisee {
  readonly piece: Piece;
  readonly nom: string;
  readonly cle: Buffer;
}

const CHEMIN = ['id'];

/** Gives back what was released, to who may read the dossier, and notes it. */
@Injectable()
export class TelechargementService {
  constructor(
    private readonly unites: UniteDeTravail,
    private readonly dossiers: DossiersDesPieces,
    private readonly coffre: Coffre,
    private readonly journal: JournalService,
    @Inject(OPTIONS_PIECES) private readonly options: OptionsPieces,
  ) {}

  /** @throws Refus INTROUVABLE for what does not exist or is not the caller's, ETAT_INCOMPATIBLE for what is in quarantine */
  async remettre(contexte: ContexteActeur, id: string): Promise<PieceRemise> {
    const uuid = lireId('Piece', id, CHEMIN);
    const { departementId } = contexte;
    const { piece, nom, cle } = await this.unites.executer(departementId, (em) => this.#autoriser(em, contexte, uuid));
    const fichier = { departementId, id: piece.stockage };
    const ouvert = await this.options.depot?.ouvrir(fichier);
    if (!ouvert) throw new FichierAltere();
    const octets = ouvrirScelle(ouvert, fichier, cle);
    if (octets.taille !== piece.taille) {
      await ouvert.fermer();
      throw new FichierAltere();
    }
    const type = TYPES_DE_PIECE[piece.type].mime;
    return {
      type,
      taille: piece.taille,
      disposition: dispositionJointe(nom),
      octets: parSegments(octets),
      fermer: () => ouvert.fermer(),
    };
  }

  async #autoriser(em: EntityManager, contexte: ContexteActeur, id: string): Promise<Autorisee> {
    const { departementId } = contexte;
    const piece = await em.findOneBy(Piece, { departementId, id });
    const dossier = piece && (await this.dossiers.lire(em, contexte, piece));
    if (!piece || !dossier) throw introuvable(CHEMIN);
    const nominatif = peut(contexte, 'lireNominatif', dossier.sujet, dossier.objet);
    if (!nominatif && estNominative(dossier, piece)) {
      throw Refus.de('ACTION_INTERDITE', 'Cette pièce nomme des personnes : votre habilitation ne la donne pas.', {
        path: CHEMIN,
        regle: 'TRANS-30',
      });
    }
    exiger(deciderRemise(piece.etat));
    const cle = await this.coffre.dechiffrer(em, departementId, placeDe('piece', 'cle', id), piece.cle);
    const nom = nominatif
      ? await this.coffre.dechiffrer(em, departementId, placeDe('piece', 'nom', id), piece.nom)
      : `${piece.code}.${TYPES_DE_PIECE[piece.type].extension}`;
    await this.journal.ecrire(em, contexte, {
      action: 'pieceTelecharger',
      objetType: 'Piece',
      objetId: id,
      regles: ['TRANS-27', 'TRANS-30'],
      details: { code: piece.code, empreinte: piece.empreinte },
    });
    return { piece, nom, cle: Buffer.from(cle, 'base64') };
  }
}

/** What nobody declares any more may name somebody. */
function estNominative({ dispositif }: DossierLu, { code }: Piece): boolean {
  const declaree = dispositif && piecesDe(dispositif).find((piece) => piece.code === code);
  return declaree === undefined || declaree.nominative === true;
}
