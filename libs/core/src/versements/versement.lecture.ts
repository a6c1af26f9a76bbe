import { type ContexteActeur, peut } from '@sillage/access';
import type { Decision } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { ACTION_INTERDITE, lignesVisibles, type Page, type PaginationArgs, paginer } from '../api/index.js';
import { ConventionTerritoire } from '../conventions/convention.entity.js';
import { type EtatVersement, Versement } from './versement.entity.js';
import { ACTIONS_VERSEMENT, type ActionVersement, deciderActionVersement } from './versement.policy.js';
import { objetProtege, VersementService } from './versement.service.js';

export interface FiltreVersements {
  dispositif?: string | null;
  etats?: readonly EtatVersement[] | null;
}

const SOURCE = {
  entite: Versement,
  sujet: 'Versement',
  alias: 'v',
  territoires: { table: 'sillage.convention_territoire', cle: 'convention_id', suit: 'convention_id' },
} as const;

/** Reads versements as the caller may see them. Runs in the caller's transaction. */
@Injectable()
export class LectureVersements {
  constructor(private readonly versements: VersementService) {}

  /** @throws Refus PAGE_TROP_GRANDE, CURSEUR_INVALIDE */
  async lister(
    em: EntityManager,
    contexte: ContexteActeur,
    filtre: FiltreVersements,
    args: PaginationArgs,
  ): Promise<Page<Versement>> {
    const requete = lignesVisibles(em, contexte, SOURCE);
    if (filtre.dispositif) requete.andWhere('v.dispositif = :dispositif', { dispositif: filtre.dispositif });
    if (filtre.etats) requete.andWhere('v.etat = any(:etats)', { etats: filtre.etats });
    return paginer(requete, 'v', args);
  }

  async trouver(em: EntityManager, contexte: ContexteActeur, id: string): Promise<Versement | null> {
    return lignesVisibles(em, contexte, SOURCE).andWhere('v.id = :id', { id }).getOne();
  }

  /** Of several conventions at once, oldest first. */
  async desConventions(
    em: EntityManager,
    contexte: ContexteActeur,
    conventionIds: readonly string[],
  ): Promise<Versement[]> {
    return lignesVisibles(em, contexte, SOURCE)
      .andWhere({ conventionId: In([...conventionIds]) })
      .orderBy('v.id')
      .getMany();
  }

  /** What the caller may do next and, where not, why. */
  async actions(
    em: EntityManager,
    contexte: ContexteActeur,
    id: string,
  ): Promise<{ action: ActionVersement; decision: Decision }[]> {
    const { departementId } = contexte;
    const versement = await em.findOneByOrFail(Versement, { departementId, id });
    const territoires = await em.findBy(ConventionTerritoire, { departementId, conventionId: versement.conventionId });
    const territoireIds = territoires.map((t) => t.territoireId);
    const objet = objetProtege(versement, territoireIds);
    const situation = await this.versements.situation(em, versement, territoireIds);
    return (Object.keys(ACTIONS_VERSEMENT) as ActionVersement[]).map((action) => {
      const permise = peut(contexte, ACTIONS_VERSEMENT[action].droit, 'Versement', objet);
      return { action, decision: permise ? deciderActionVersement(action, situation) : ACTION_INTERDITE };
    });
  }
}
