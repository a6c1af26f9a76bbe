import { type Decision, non } from '@sillage/kernel';
import type { EtatVersement } from './versement.entity.js';

export const ACTIONS_VERSEMENT = {
  VALIDER: { droit: 'validerVersement', vers: 'VALIDE', libelle: 'valider' },
  REFUSER: { droit: 'refuserVersement', vers: 'REFUSE', libelle: 'refuser' },
} as const satisfies Record<string, { droit: string; vers: EtatVersement; libelle: string }>;

export type ActionVersement = keyof typeof ACTIONS_VERSEMENT;

/** All that a decision on a versement depends on, already read. */
export interface SituationVersement {
  etat: EtatVersement;
  /** Whether the dispositif lets its dossier go on, on its territories (TRANS-01). */
  continuer: Decision;
}

/** A proposed amount is decided once; a correction will be a new entry (TRANS-12). */
export function deciderActionVersement(action: ActionVersement, { etat, continuer }: SituationVersement): Decision {
  if (etat === 'PROPOSE') return continuer;
  return non({
    code: 'ETAT_INCOMPATIBLE',
    message: `On ne peut pas ${ACTIONS_VERSEMENT[action].libelle} un versement dans l’état ${etat} (attendu : PROPOSE).`,
    regle: 'TRANS-12',
    chemin: ['input', 'versementId'],
  });
}
