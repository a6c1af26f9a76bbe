import { type Decision, non, oui } from '@sillage/kernel';
import type { EtatVersement } from './versement.entity.js';

export const ACTIONS_VERSEMENT = {
  VALIDER: { droit: 'validerVersement', vers: 'VALIDE', libelle: 'valider' },
  REFUSER: { droit: 'refuserVersement', vers: 'REFUSE', libelle: 'refuser' },
} as const satisfies Record<string, { droit: string; vers: EtatVersement; libelle: string }>;

export type ActionVersement = keyof typeof ACTIONS_VERSEMENT;

/** A proposed amount is decided once; a correction will be a new entry (TRANS-12). */
export function deciderActionVersement(action: ActionVersement, etat: EtatVersement): Decision {
  if (etat === 'PROPOSE') return oui();
  return non({
    code: 'ETAT_INCOMPATIBLE',
    message: `On ne peut pas ${ACTIONS_VERSEMENT[action].libelle} un versement dans l’état ${etat} (attendu : PROPOSE).`,
    regle: 'TRANS-12',
    chemin: ['input', 'versementId'],
  });
}
