import { type ContexteActeur, exigerDroit, peut } from '@sillage/access';
import { exiger, type Horloge, Refus } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { HORLOGE, introuvable, lireId } from '../api/index.js';
import { JournalService } from '../journal/index.js';
import { Versement } from './versement.entity.js';
import { ACTIONS_VERSEMENT, type ActionVersement, deciderActionVersement } from './versement.policy.js';
import { SituationsVersement, type VersementSitue } from './versement.situation.js';

const CHEMIN_ID = ['input', 'versementId'];

/** What a person decides of an amount that the job proposed. */
@Injectable()
export class VersementService {
  constructor(
    private readonly situations: SituationsVersement,
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /** Validates or refuses, once. A refusal says why. */
  async decider(
    em: EntityManager,
    contexte: ContexteActeur,
    action: ActionVersement,
    input: { versementId: string; motif?: string | null },
  ): Promise<string> {
    const { departementId } = contexte;
    const versement = await em
      .createQueryBuilder(Versement, 'v')
      .setLock('pessimistic_write')
      .where({ departementId, id: lireId('Versement', input.versementId, CHEMIN_ID) })
      .getOne();
    if (versement === null) throw introuvable(CHEMIN_ID);
    const [situe] = await this.situations.situer(em, [versement]);
    const { objet, situation } = situe as VersementSitue;
    if (!peut(contexte, 'lire', 'Versement', objet)) throw introuvable(CHEMIN_ID);
    const { droit, vers } = ACTIONS_VERSEMENT[action];
    exigerDroit(contexte, droit, 'Versement', objet, CHEMIN_ID);
    exiger(deciderActionVersement(action, situation));
    const motif = input.motif?.trim() || null;
    if (motif !== null && motif.length > 5000) {
      throw Refus.de('VALEUR_INVALIDE', 'Le motif tient en 5 000 caractères.', {
        path: ['input', 'motif'],
        regle: 'TRANS-12',
      });
    }
    if (action === 'REFUSER' && motif === null) {
      throw Refus.de('CHAMP_OBLIGATOIRE', 'Dites pourquoi le versement est refusé.', {
        path: ['input', 'motif'],
        regle: 'TRANS-12',
      });
    }
    await em.update(
      Versement,
      { departementId, id: versement.id },
      { etat: vers, motif, decideLe: this.horloge.maintenant(), decidePar: contexte.acteur.utilisateurId },
    );
    await this.journal.ecrire(em, contexte, {
      action: action === 'VALIDER' ? 'versementValider' : 'versementRefuser',
      objetType: 'Versement',
      objetId: versement.id,
      regles: ['TRANS-12'],
      details: { montant: versement.montant.toString() },
    });
    return versement.id;
  }
}
