import { type ContexteActeur, habilitationsQuiPermettent, peut } from '@sillage/access';
import type { CalculDeChamp } from '@sillage/read';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { ACTION_INTERDITE, type ActionPossible, presenterAction } from '../api/index.js';
import { deciderAvenant } from './avenant.policy.js';
import { Convention, PARTIES, type Partie } from './convention.entity.js';
import { deciderSignature, signePour } from './convention.policy.js';
import { type ConventionSituee, SituationsConvention } from './convention.situation.js';
import { deciderAbandon, deciderFin } from './fin-de-convention.policy.js';

/** What the caller may do next on each convention, and for which party; where not, why. */
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
  const conventionner = peut(contexte, 'conventionner', 'Convention', objet);
  return [
    ...(Object.keys(PARTIES) as Partie[]).flatMap((partie) => {
      const permise = signePour(partie, habilitations, convention.structureId);
      const decisions = {
        SIGNER: deciderSignature(partie, situation),
        DENONCER: deciderFin('DENONCIATION', situation),
        RESILIER: deciderFin('RESILIATION', situation),
      };
      return Object.entries(decisions).map(([action, decision]) =>
        presenterAction(`${action}_${partie}`, permise ? decision : ACTION_INTERDITE),
      );
    }),
    presenterAction('ABANDONNER', conventionner ? deciderAbandon(situation) : ACTION_INTERDITE),
    presenterAction('AVENANT', conventionner ? deciderAvenant(situation) : ACTION_INTERDITE),
  ];
}
