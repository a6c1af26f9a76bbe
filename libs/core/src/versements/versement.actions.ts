import type { ContexteActeur } from '@sillage/access';
import type { CalculDeChamp } from '@sillage/read';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { ACTION_INTERDITE, type ActionPossible, presenterAction } from '../api/index.js';
import { Versement } from './versement.entity.js';
import { ACTIONS_VERSEMENT, type ActionVersement, deciderActionVersement } from './versement.policy.js';
import { actionPermise } from './versement.service.js';
import { SituationsVersement, type VersementSitue } from './versement.situation.js';

/** What the caller may do next on each versement and, where not, why. */
@Injectable()
export class ActionsDeVersement implements CalculDeChamp {
  constructor(private readonly situations: SituationsVersement) {}

  async calculer(
    em: EntityManager,
    contexte: ContexteActeur,
    uuids: readonly string[],
  ): Promise<readonly ActionPossible[][]> {
    const { departementId } = contexte;
    const lus = await em.findBy(Versement, { departementId, id: In([...new Set(uuids)]) });
    const situes = new Map((await this.situations.situer(em, lus)).map((situe) => [situe.versement.id, situe]));
    return uuids.map((uuid) => actions(contexte, situes.get(uuid) as VersementSitue));
  }
}

function actions(contexte: ContexteActeur, situe: VersementSitue): ActionPossible[] {
  return (Object.keys(ACTIONS_VERSEMENT) as ActionVersement[]).map((action) => {
    const permise = actionPermise(contexte, action, situe);
    const decider = () => deciderActionVersement(action, situe.situation, contexte.acteur.utilisateurId);
    return presenterAction(action, permise ? decider() : ACTION_INTERDITE);
  });
}
