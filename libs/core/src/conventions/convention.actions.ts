import { type ContexteActeur, habilitationsQuiPermettent } from '@sillage/access';
import type { CalculDeChamp } from '@sillage/read';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { ACTION_INTERDITE, type ActionPossible, presenterAction } from '../api/index.js';
import { Convention, PARTIES, type Partie } from './convention.entity.js';
import { deciderSignature, signePour } from './convention.policy.js';
import { type ConventionSituee, SituationsConvention } from './convention.situation.js';

/** For which parties the caller may sign each convention and, where not, why. */
@Injectable()
export class ActionsDeConvention implements CalculDeChamp {
  constructor(private readonly situations: SituationsConvention) {}

  async calculer(
    em: EntityManager,
    contexte: ContexteActeur,
    uuids: readonly string[],
  ): Promise<readonly ActionPossible[][]> {
    const { departementId } = contexte;
    const lues = await em.findBy(Convention, { departementId, id: In([...new Set(uuids)]) });
    const situees = new Map((await this.situations.situer(em, lues)).map((situee) => [situee.convention.id, situee]));
    return uuids.map((uuid) => actions(contexte, situees.get(uuid) as ConventionSituee));
  }
}

function actions(contexte: ContexteActeur, { convention, objet, situation }: ConventionSituee): ActionPossible[] {
  const habilitations = habilitationsQuiPermettent(contexte, 'signer', 'Convention', objet);
  return (Object.keys(PARTIES) as Partie[]).map((partie) => {
    const permise = signePour(partie, habilitations, convention.structureId);
    return presenterAction(`SIGNER_${partie}`, permise ? deciderSignature(partie, situation) : ACTION_INTERDITE);
  });
}
