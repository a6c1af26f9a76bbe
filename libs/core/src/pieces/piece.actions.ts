import { type ContexteActeur, peut } from '@sillage/access';
import type { CalculDeChamp } from '@sillage/read';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { ACTION_INTERDITE, type ActionPossible, presenterAction } from '../api/index.js';
import { type DossierLu, DossiersDesPieces } from './dossiers-des-pieces.js';
import { Piece } from './piece.entity.js';
import { deciderRemise, deciderSort } from './piece.policy.js';

/** What the caller may do next with each piece and, where not, why. */
@Injectable()
export class ActionsDePiece implements CalculDeChamp {
  constructor(private readonly dossiers: DossiersDesPieces) {}

  async calculer(
    em: EntityManager,
    contexte: ContexteActeur,
    uuids: readonly string[],
  ): Promise<readonly ActionPossible[][]> {
    const { departementId } = contexte;
    const pieces = await em.findBy(Piece, { departementId, id: In([...new Set(uuids)]) });
    const dossiers = await this.dossiers.lireTous(em, contexte, pieces);
    const actions = new Map(
      pieces.map((piece, rang) => [piece.id, actionsDe(contexte, dossiers[rang] ?? null, piece)] as const),
    );
    return uuids.map((uuid) => actions.get(uuid) ?? []);
  }
}

function actionsDe(contexte: ContexteActeur, dossier: DossierLu | null, { etat }: Piece): ActionPossible[] {
  const juge = dossier !== null && peut(contexte, 'libererPieces', dossier.sujet, dossier.objet);
  return [
    presenterAction('TELECHARGER', dossier === null ? ACTION_INTERDITE : deciderRemise(etat)),
    presenterAction('LIBERER', juge ? deciderSort('LIBEREE', etat) : ACTION_INTERDITE),
    presenterAction('REFUSER', juge ? deciderSort('REFUSEE', etat) : ACTION_INTERDITE),
  ];
}
