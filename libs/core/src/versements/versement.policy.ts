import { type Decision, non } from '@sillage/kernel';
import { direLEtat } from '../api/index.js';
import type { NatureMouvement } from '../comptabilite/compte.js';
import { type EtapeVersement, type EtatVersement, ETATS_VERSEMENT, type SensVersement } from './versement.entity.js';

interface Action {
  readonly droit: 'liquiderVersement' | 'ordonnerVersement' | 'refuserVersement';
  readonly de: readonly EtatVersement[];
  readonly vers: EtatVersement;
  readonly etape: EtapeVersement;
  readonly libelle: string;
}

/** The chain of a payment (TRANS-12): proposed by the job, liquidated by the dispositif's service, ordered by the siège. */
export const ACTIONS_VERSEMENT = {
  LIQUIDER: {
    droit: 'liquiderVersement',
    de: ['PROPOSE'],
    vers: 'LIQUIDE',
    etape: 'LIQUIDATION',
    libelle: 'liquider',
  },
  ORDONNER: {
    droit: 'ordonnerVersement',
    de: ['LIQUIDE'],
    vers: 'ORDONNE',
    etape: 'ORDONNANCEMENT',
    libelle: 'ordonnancer',
  },
  REFUSER: {
    droit: 'refuserVersement',
    de: ['PROPOSE', 'LIQUIDE'],
    vers: 'REFUSE',
    etape: 'REFUS',
    libelle: 'refuser',
  },
} as const satisfies Record<string, Action>;

export type ActionVersement = keyof typeof ACTIONS_VERSEMENT;

/** Steps that move an amount forward, or back to be ordered again; a refusal undoes. */
export type EtapeComptee = Exclude<EtapeVersement, 'PROPOSITION' | 'REFUS'>;

/** What a step writes in the ledger, by the way the amount goes. */
export const MOUVEMENT_DE_L_ETAPE: Readonly<Record<SensVersement, Readonly<Record<EtapeComptee, NatureMouvement>>>> = {
  A_PAYER: { LIQUIDATION: 'LIQUIDATION', ORDONNANCEMENT: 'MANDATEMENT', PAIEMENT: 'PAIEMENT', REJET: 'REJET' },
  A_REVERSER: {
    LIQUIDATION: 'TROP_PERCU',
    ORDONNANCEMENT: 'ORDRE_DE_REVERSEMENT',
    PAIEMENT: 'REVERSEMENT',
    REJET: 'REJET_DE_REVERSEMENT',
  },
};

/** All that a decision on a versement depends on, already read. */
export interface SituationVersement {
  readonly etat: EtatVersement;
  readonly estNul: boolean;
  /** Whether the dispositif lets its dossier go on, on its territories (TRANS-01). */
  readonly continuer: Decision;
  /** Numbers of the convention's earlier payments that nobody has liquidated or refused yet. */
  readonly enAttenteAvant: readonly string[];
  /** Numbers of its later ones that nobody has refused, and that are not paid: they were computed with this one. */
  readonly calculesApres: readonly string[];
  /** Who liquidated it last. */
  readonly liquidePar: string | null;
  /** Whether the one who orders must be another (parameter `separation` of the dispositif). */
  readonly deuxPersonnes: boolean;
}

const CHEMIN = ['input', 'versementId'];

export function deciderActionVersement(
  action: ActionVersement,
  s: SituationVersement,
  utilisateurId: string,
): Decision {
  const { de, libelle } = ACTIONS_VERSEMENT[action];
  const refuser = (message: string): Decision =>
    non({ code: 'ETAT_INCOMPATIBLE', message, regle: 'TRANS-12', chemin: CHEMIN });
  if (!(de as readonly EtatVersement[]).includes(s.etat)) {
    return refuser(`On ne peut pas ${libelle} ce versement : ${direLEtat(ETATS_VERSEMENT, s.etat, de)}`);
  }
  if (action === 'LIQUIDER' && s.enAttenteAvant.length > 0) {
    return refuser(`Décidez d’abord de ce qui a été calculé avant lui : ${s.enAttenteAvant.join(', ')}.`);
  }
  if (action === 'REFUSER' && s.calculesApres.length > 0) {
    return refuser(
      `Refusez d’abord ce qui a été calculé d’après lui, ou attendez-en le retour s’il est ordonnancé : ${s.calculesApres.join(', ')}.`,
    );
  }
  if (action === 'ORDONNER' && s.estNul)
    return refuser('Il n’y a rien à payer : un montant nul s’arrête à la liquidation.');
  if (action === 'ORDONNER' && s.deuxPersonnes && s.liquidePar === utilisateurId) {
    return non({
      code: 'AUTEUR_VALIDEUR_IDENTIQUES',
      message: 'Vous l’avez liquidé : une autre personne l’ordonnance.',
      regle: 'TRANS-29',
      chemin: CHEMIN,
    });
  }
  return s.continuer;
}
