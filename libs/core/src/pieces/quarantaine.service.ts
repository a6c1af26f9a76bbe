import { type ContexteActeur, exigerDroit } from '@sillage/access';
import { exiger, type Horloge } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { HORLOGE, introuvable, lireId, lireMotif } from '../api/index.js';
import { JournalService } from '../journal/index.js';
import { DossiersDesPieces } from './dossiers-des-pieces.js';
import { Piece } from './piece.entity.js';
import { deciderSort } from './piece.policy.js';

const PIECE = ['input', 'pieceId'];

/** What the siège says of a piece, with its reason: it is the only way out of quarantine where no scanner has spoken. */
@Injectable()
export class QuarantaineService {
  constructor(
    private readonly dossiers: DossiersDesPieces,
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /** @returns the uuid of the piece @throws Refus INTROUVABLE, ACTION_INTERDITE, ETAT_INCOMPATIBLE */
  async decider(
    em: EntityManager,
    contexte: ContexteActeur,
    input: { readonly pieceId: string; readonly motif: string },
    vers: 'LIBEREE' | 'REFUSEE',
  ): Promise<string> {
    const { departementId, acteur } = contexte;
    const id = lireId('Piece', input.pieceId, PIECE);
    const piece = await em
      .createQueryBuilder(Piece, 'p')
      .setLock('pessimistic_write')
      .where({ departementId, id })
      .getOne();
    const dossier = piece && (await this.dossiers.lire(em, contexte, piece));
    if (!piece || !dossier) throw introuvable(PIECE);
    exigerDroit(contexte, 'libererPieces', dossier.sujet, dossier.objet, PIECE);
    exiger(deciderSort(vers, piece.etat));
    const motif = lireMotif(input.motif, 'TRANS-27');
    await em.update(
      Piece,
      { departementId, id },
      { etat: vers, motif, decideeLe: this.horloge.maintenant(), decideePar: acteur.utilisateurId },
    );
    await this.journal.ecrire(em, contexte, {
      action: vers === 'LIBEREE' ? 'pieceLiberer' : 'pieceRefuser',
      objetType: 'Piece',
      objetId: id,
      regles: ['TRANS-27'],
      details: { de: piece.etat, vers, analyse: piece.analyse },
    });
    return id;
  }
}
