import { type ContexteActeur, exigerDroit, type ObjetProtege, peut } from '@sillage/access';
import { exiger, type Horloge, Refus } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ActivationService } from '../activations/index.js';
import { HORLOGE, introuvable, lireId } from '../api/index.js';
import { Candidature } from '../candidatures/candidature.entity.js';
import { Convention, ConventionTerritoire } from '../conventions/convention.entity.js';
import { JournalService } from '../journal/index.js';
import { Versement } from './versement.entity.js';
import {
  ACTIONS_VERSEMENT,
  type ActionVersement,
  deciderActionVersement,
  type SituationVersement,
} from './versement.policy.js';

const CHEMIN_ID = ['input', 'versementId'];

/** What a person decides of an amount that the job proposed. */
@Injectable()
export class VersementService {
  constructor(
    private readonly activations: ActivationService,
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
    const territoires = await em.findBy(ConventionTerritoire, { departementId, conventionId: versement.conventionId });
    const objet = objetProtege(
      versement,
      territoires.map((t) => t.territoireId),
    );
    if (!peut(contexte, 'lire', 'Versement', objet)) throw introuvable(CHEMIN_ID);
    const { droit, vers } = ACTIONS_VERSEMENT[action];
    exigerDroit(contexte, droit, 'Versement', objet, CHEMIN_ID);
    exiger(deciderActionVersement(action, await this.situation(em, versement, objet.territoireIds)));
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

  /** What a decision depends on, for a versement already read. */
  async situation(
    em: EntityManager,
    versement: Versement,
    territoireIds: readonly string[],
  ): Promise<SituationVersement> {
    const { departementId, dispositif, conventionId, etat } = versement;
    const { candidatureId } = await em.findOneByOrFail(Convention, { departementId, id: conventionId });
    const candidature = await em.findOneByOrFail(Candidature, { departementId, id: candidatureId });
    const commenceLe = candidature.deposeeLe ?? candidature.creeLe;
    const demande = { dispositif, territoireIds, pour: 'CONTINUER' as const, commenceLe };
    return { etat, continuer: await this.activations.decider(em, departementId, demande, CHEMIN_ID) };
  }
}

export function objetProtege(
  { dispositif, structureId, etat }: Versement,
  territoireIds: readonly string[],
): Required<ObjetProtege> {
  return { dispositif, structureId, etat, territoireIds };
}
