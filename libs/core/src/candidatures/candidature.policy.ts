import {
  type DateCivile,
  type Decision,
  dateEnFrancais,
  finDuJour,
  jourDe,
  non,
  oui,
  Temporal,
  toutes,
} from '@sillage/kernel';
import { direLEtat } from '../api/index.js';
import { deciderFenetre } from '../appels/index.js';
import { type EtatCandidature, ETATS_CANDIDATURE } from './candidature.entity.js';

/** What may be done on a candidature, with the access right and the states that it asks for. */
export const ACTIONS_CANDIDATURE = {
  ENREGISTRER: { droit: 'modifier', etats: ['BROUILLON'], libelle: 'enregistrer une candidature' },
  DEPOSER: { droit: 'deposer', etats: ['BROUILLON'], libelle: 'déposer une candidature' },
  VALIDER: { droit: 'valider', etats: ['DEPOSEE'], libelle: 'valider une candidature' },
  ABANDONNER: { droit: 'abandonner', etats: ['BROUILLON', 'DEPOSEE'], libelle: 'abandonner une candidature' },
  DONNER_AVIS: { droit: 'donnerAvis', etats: ['VALIDEE'], libelle: 'donner un avis sur une candidature' },
  DEMANDER_COMPLEMENT: { droit: 'instruire', etats: ['VALIDEE'], libelle: 'demander à compléter une candidature' },
  RENDRE_COMPLEMENT: { droit: 'modifier', etats: ['VALIDEE'], libelle: 'compléter une candidature' },
  RETIRER_COMPLEMENT: { droit: 'instruire', etats: ['VALIDEE'], libelle: 'retirer une demande de complément' },
  DECIDER: { droit: 'decider', etats: ['VALIDEE'], libelle: 'décider d’une candidature' },
  CONVENTIONNER: { droit: 'conventionner', etats: ['RETENUE'], libelle: 'conventionner une candidature' },
} as const satisfies Record<string, { droit: string; etats: readonly EtatCandidature[]; libelle: string }>;

export type ActionCandidature = keyof typeof ACTIONS_CANDIDATURE;

/** All that a decision on a candidature depends on, already read. */
export interface SituationCandidature {
  etat: EtatCandidature;
  maintenant: Temporal.Instant;
  appel: Parameters<typeof deciderFenetre>[0];
  /** Rule that dates the appel's window. */
  regleFenetre: string;
  /** Whether the dispositif allows a dossier to begin, or this one to go on, on its territories. */
  activation: { commencer: Decision; continuer: Decision };
  /** Territories and roles whose opinion is still awaited, for people: `SLAI de l'Artois`. */
  avisAttendus: readonly string[];
  complement: {
    /** Last day to answer what is asked now, if anything is. */
    attendu: DateCivile | null;
    /** Codes of the pieces that it asks for, and since when. */
    pieces: readonly string[];
    demandeLe: Temporal.Instant | null;
    /** Whether anything is completed once the appel is closed (AMB-107). */
    apresCloture: boolean;
  };
}

/**
 * Whether an action is open on a candidature, whoever asks: state, activation, window, opinions. Rights are checked apart,
 * completeness and admissibility by the deposit itself.
 */
export function deciderAction(action: ActionCandidature, s: SituationCandidature): Decision {
  const etat = deciderEtat(action, s.etat);
  if (etat.issue !== 'OUI') return etat;
  switch (action) {
    case 'ENREGISTRER':
    case 'DEPOSER':
      return toutes(s.activation.commencer, deciderFenetre(s.appel, s.maintenant, s.regleFenetre));
    case 'VALIDER': // AMB-044: both timestamps stand before the closing
      return toutes(s.activation.continuer, deciderFenetre(s.appel, s.maintenant, s.regleFenetre));
    case 'DECIDER':
      return toutes(s.activation.continuer, deciderAvisRendus(s.avisAttendus), deciderSuspension(s));
    case 'DEMANDER_COMPLEMENT':
      return toutes(s.activation.continuer, deciderComplement(s, false), deciderCloture(s));
    case 'RENDRE_COMPLEMENT':
      return toutes(s.activation.continuer, deciderComplement(s, true), deciderCloture(s));
    case 'RETIRER_COMPLEMENT': // whenever it is awaited: after the closing too
      return toutes(s.activation.continuer, deciderComplement(s, true));
    case 'ABANDONNER': // AMB-177
    case 'DONNER_AVIS':
    case 'CONVENTIONNER':
      return s.activation.continuer;
  }
}

function deciderEtat(action: ActionCandidature, etat: EtatCandidature): Decision {
  const { etats, libelle } = ACTIONS_CANDIDATURE[action];
  if ((etats as readonly EtatCandidature[]).includes(etat)) return oui();
  return non({
    code: 'ETAT_INCOMPATIBLE',
    message: `On ne peut pas ${libelle} : ${direLEtat(ETATS_CANDIDATURE, etat, etats)}`,
    regle: 'AMB-105',
  });
}

function deciderAvisRendus(attendus: readonly string[]): Decision {
  if (attendus.length === 0) return oui();
  return non({
    code: 'ETAT_INCOMPATIBLE',
    message: `Un avis est encore attendu : ${attendus.join(' ; ')}.`,
    regle: 'AMB-105',
  });
}

function deciderComplement({ complement: { attendu } }: SituationCandidature, faut: boolean): Decision {
  if ((attendu !== null) === faut) return oui();
  return non({
    code: 'ETAT_INCOMPATIBLE',
    message: faut ? 'Aucun complément n’est demandé.' : 'Un complément est déjà attendu : une seule demande à la fois.',
    regle: 'AMB-107',
  });
}

/** A strict closing: what is not complete by then stays as it is, unless the appel says otherwise. */
function deciderCloture({ complement, appel, maintenant }: SituationCandidature): Decision {
  if (complement.apresCloture || Temporal.Instant.compare(maintenant, finDuJour(appel.cloture)) < 0) return oui();
  return non({
    code: 'APPEL_CLOS',
    message: 'L’appel est clos : rien ne se complète ensuite, sauf si un administrateur l’a décidé pour cet appel.',
    regle: 'AMB-107',
  });
}

/** While an answer is awaited, the instruction is too; past its day, whoever decides may do without. */
function deciderSuspension({ complement: { attendu }, maintenant }: SituationCandidature): Decision {
  if (attendu === null || Temporal.PlainDate.compare(jourDe(maintenant), attendu) > 0) return oui();
  return non({
    code: 'ETAT_INCOMPATIBLE',
    message: `Un complément est attendu jusqu’au ${dateEnFrancais(attendu)} inclus.`,
    regle: 'AMB-107',
  });
}
