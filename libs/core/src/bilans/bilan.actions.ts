import { type ContexteActeur, habilitationsQuiPermettent, peut } from '@sillage/access';
import { aujourdhui, type Horloge } from '@sillage/kernel';
import type { CalculDeChamp } from '@sillage/read';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { ACTION_INTERDITE, type ActionPossible, HORLOGE, presenterAction } from '../api/index.js';
import { Convention } from '../conventions/convention.entity.js';
import { Bilan } from './bilan.entity.js';
import { deciderExamen, deciderRemise } from './bilan.policy.js';
import { type BilanSitue, SituationsBilan } from './bilan.situation.js';

/** What the caller may do next on each bilan and, where not, why. */
@Injectable()
export class ActionsDeBilan implements CalculDeChamp {
  constructor(
    private readonly situations: SituationsBilan,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  async calculer(
    em: EntityManager,
    contexte: ContexteActeur,
    uuids: readonly string[],
  ): Promise<readonly ActionPossible[][]> {
    const { departementId } = contexte;
    const bilans = await em.findBy(Bilan, { departementId, id: In([...new Set(uuids)]) });
    const conventions = await em.findBy(Convention, { departementId, id: In(bilans.map((b) => b.conventionId)) });
    const situes = new Map((await this.situations.situer(em, conventions)).map((situe) => [situe.bilan?.id, situe]));
    return uuids.map((uuid) => this.#actions(contexte, situes.get(uuid) as BilanSitue));
  }

  #actions(contexte: ContexteActeur, situe: BilanSitue): ActionPossible[] {
    const { objet, situation } = situe;
    const remise = peut(contexte, 'remettre', 'Bilan', objet)
      ? deciderRemise(situation, aujourdhui(this.horloge))
      : ACTION_INTERDITE;
    const examen = peutExaminer(contexte, situe)
      ? deciderExamen(situation, contexte.acteur.utilisateurId, aujourdhui(this.horloge))
      : ACTION_INTERDITE;
    return [
      presenterAction('REMETTRE', remise),
      presenterAction('CONFIRMER', examen),
      presenterAction('RENVOYER', examen),
    ];
  }
}

/** A service examines the bilans of the dispositifs that it follows; the siège, all of them. */
export function peutExaminer(contexte: ContexteActeur, { objet, services }: BilanSitue): boolean {
  return habilitationsQuiPermettent(contexte, 'confirmer', 'Bilan', objet).some(({ role }) => services.includes(role));
}
