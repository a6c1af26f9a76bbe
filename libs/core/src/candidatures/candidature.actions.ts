import { type ContexteActeur, peut } from '@sillage/access';
import type { CalculDeChamp } from '@sillage/read';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ACTION_INTERDITE, type ActionPossible, presenterAction } from '../api/index.js';
import { DossiersCandidature, objetProtege } from './candidature.dossier.js';
import {
  ACTIONS_CANDIDATURE,
  type ActionCandidature,
  deciderAction,
  type SituationCandidature,
} from './candidature.policy.js';

/** What the caller may do next on each candidature and, where not, why. */
@Injectable()
export class ActionsDeCandidature implements CalculDeChamp {
  constructor(private readonly dossiers: DossiersCandidature) {}

  async calculer(
    em: EntityManager,
    contexte: ContexteActeur,
    uuids: readonly string[],
  ): Promise<readonly ActionPossible[][]> {
    const dossiers = await this.dossiers.lireTous(em, contexte, uuids);
    const situations = await this.dossiers.situations(em, dossiers);
    return dossiers.map((dossier, rang) => {
      const objet = objetProtege(dossier);
      return (Object.keys(ACTIONS_CANDIDATURE) as ActionCandidature[]).map((action) => {
        const permise = peut(contexte, ACTIONS_CANDIDATURE[action].droit, 'Candidature', objet);
        const situation = situations[rang] as SituationCandidature;
        return presenterAction(action, permise ? deciderAction(action, situation) : ACTION_INTERDITE);
      });
    });
  }
}
