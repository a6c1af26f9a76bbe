import { type ContexteActeur, exigerDroit, habilitationsQuiPermettent, peut } from '@sillage/access';
import { exiger, Refus } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { introuvable, lireId, lireMotif } from '../api/index.js';
import { verrouillerConventions } from '../conventions/dossiers-convention.js';
import { JournalService } from '../journal/index.js';
import { ChaineVersement } from './versement.chaine.js';
import { Versement } from './versement.entity.js';
import { ACTIONS_VERSEMENT, type ActionVersement, deciderActionVersement } from './versement.policy.js';
import { SituationsVersement, type VersementSitue } from './versement.situation.js';

const CHEMIN_ID = ['input', 'versementId'];
const MUTATIONS = {
  LIQUIDER: 'versementLiquider',
  ORDONNER: 'versementOrdonner',
  REFUSER: 'versementRefuser',
} as const satisfies Record<ActionVersement, string>;

/** What a person decides of an amount that the job proposed. */
@Injectable()
export class VersementService {
  constructor(
    private readonly situations: SituationsVersement,
    private readonly chaine: ChaineVersement,
    private readonly journal: JournalService,
  ) {}

  /** Liquidates, orders or refuses, once. A refusal says why. */
  async decider(
    em: EntityManager,
    contexte: ContexteActeur,
    action: ActionVersement,
    input: { versementId: string; motif?: string },
  ): Promise<string> {
    const situe = await this.#verrouiller(em, contexte, lireId('Versement', input.versementId, CHEMIN_ID));
    const { versement, situation, appelId } = situe;
    exigerAction(contexte, action, situe);
    exiger(deciderActionVersement(action, situation, contexte.acteur.utilisateurId));
    const motif = input.motif === undefined ? null : lireMotif(input.motif, 'TRANS-12');
    const { etape, vers } = ACTIONS_VERSEMENT[action];
    await this.chaine.franchir(em, contexte, { versement, appelId, etape, vers, motif });
    await this.journal.ecrire(em, contexte, {
      action: MUTATIONS[action],
      objetType: 'Versement',
      objetId: versement.id,
      regles: ['TRANS-12'],
      details: { montant: versement.montant.toString(), sens: versement.sens },
    });
    return versement.id;
  }

  async #verrouiller(em: EntityManager, contexte: ContexteActeur, id: string): Promise<VersementSitue> {
    const { departementId } = contexte;
    const connu = await em.findOneBy(Versement, { departementId, id });
    if (!connu) throw introuvable(CHEMIN_ID);
    await verrouillerConventions(em, departementId, [connu.conventionId]);
    const versement = await em.findOneByOrFail(Versement, { departementId, id });
    const [situe] = await this.situations.situer(em, [versement]);
    if (situe === undefined || !peut(contexte, 'lire', 'Versement', situe.objet)) throw introuvable(CHEMIN_ID);
    return situe;
  }
}

/** Whether the caller's role may do it there: a service liquidates only for the dispositifs that it follows. */
export function actionPermise(contexte: ContexteActeur, action: ActionVersement, situe: VersementSitue): boolean {
  const { droit } = ACTIONS_VERSEMENT[action];
  const habilitations = habilitationsQuiPermettent(contexte, droit, 'Versement', situe.objet);
  return habilitations.some(({ role }) => action !== 'LIQUIDER' || situe.services.includes(role));
}

/** @throws Refus ACTION_INTERDITE */
function exigerAction(contexte: ContexteActeur, action: ActionVersement, situe: VersementSitue): void {
  const { droit } = ACTIONS_VERSEMENT[action];
  exigerDroit(contexte, droit, 'Versement', situe.objet, CHEMIN_ID);
  if (actionPermise(contexte, action, situe)) return;
  throw Refus.de('ACTION_INTERDITE', 'Ce versement se liquide au siège, ou au service qui suit ce dispositif.', {
    path: CHEMIN_ID,
    regle: 'TRANS-29',
  });
}
