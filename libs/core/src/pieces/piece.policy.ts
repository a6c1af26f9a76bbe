import type { MomentDePiece } from '@sillage/dispositif-kit';
import { type Decision, non, oui, Temporal } from '@sillage/kernel';
import type { EtatBilan } from '../bilans/bilan.entity.js';
import type { EtatCandidature } from '../candidatures/candidature.entity.js';
import { estSignee, type EtatConvention } from '../conventions/convention.entity.js';
import { ETATS_PIECE, type EtatPiece, type Piece } from './piece.entity.js';

/** All that joining a piece depends on, already read. */
export interface SituationAjout {
  readonly quand: MomentDePiece;
  readonly etat: EtatCandidature | EtatConvention;
  readonly etatBilan: EtatBilan | null;
  /** Whether a step waits for it, always or on some condition. */
  readonly attendue: boolean;
  /** Whether a piece of that code counts as provided already. */
  readonly fournie: boolean;
  /** Whether an open completion asks for it (AMB-107). */
  readonly demandee: boolean;
  /** Of a draft: whether it may still be written. */
  readonly ecrire: Decision;
  /** Whether what a completion asks may still be given. */
  readonly completer: Decision;
  /** Whether the dispositif lets the dossier go on, on its territories (TRANS-01). */
  readonly continuer: Decision;
}

/**
 * A draft is completed until its deposit. Afterwards what was deposited stays: only what turned out infected, was refused, or is asked for by a
 * completion is given anew.
 * What a convention's signature waited for stays too; the rest is joined as its life goes.
 */
export function deciderAjout(s: SituationAjout): Decision {
  switch (s.quand) {
    case 'DEPOT':
      if (s.etat === 'BROUILLON') return s.ecrire;
      if (s.etat !== 'DEPOSEE' && s.etat !== 'VALIDEE') return fermee('La candidature n’attend plus de pièces.');
      if (s.demandee) return s.completer;
      return s.fournie ? fermee('La candidature est déposée : ses pièces ne changent plus.') : s.continuer;
    case 'CONVENTION':
      if (s.etat === 'PROJET' || (estSignee(s.etat) && !s.attendue)) return s.continuer;
      return fermee('Cette pièce se joint avant la signature de la convention.');
    case 'BILAN':
      if (!estSignee(s.etat)) return fermee('Les pièces du bilan se joignent à une convention signée.');
      return s.etatBilan === 'CONFIRME' ? fermee('Le bilan est confirmé : ses pièces ne changent plus.') : s.continuer;
    case 'FIN': // CONV-PIECE-05
      return estSignee(s.etat) ? s.continuer : fermee('Cette pièce se joint à une convention signée.');
  }
}

/** The siège's word: on what no scanner has seen; to refuse, on what was released too. */
export function deciderSort(vers: 'LIBEREE' | 'REFUSEE', etat: EtatPiece): Decision {
  const depuis: readonly EtatPiece[] = vers === 'LIBEREE' ? ['NON_ANALYSEE'] : ['NON_ANALYSEE', 'LIBEREE'];
  if (depuis.includes(etat)) return oui();
  const geste = vers === 'LIBEREE' ? 'libérée' : 'refusée';
  return non({
    code: 'ETAT_INCOMPATIBLE',
    message: `Cette pièce ne peut pas être ${geste}. ${ETATS_PIECE[etat]}.`,
    regle: 'TRANS-27',
    chemin: ['input', 'pieceId'],
  });
}

/** Nothing leaves quarantine by being read. */
export function deciderRemise(etat: EtatPiece): Decision {
  if (etat === 'LIBEREE') return oui();
  return non({ code: 'ETAT_INCOMPATIBLE', message: `${ETATS_PIECE[etat]}.`, regle: 'TRANS-27', chemin: ['id'] });
}

/** What counts as provided: received, and neither infected, refused nor replaced since. */
export function compte({ etat, remplaceeLe }: Pick<Piece, 'etat' | 'remplaceeLe'>): boolean {
  return remplaceeLe === null && etat !== 'INFECTEE' && etat !== 'REFUSEE';
}

/** Whether it came once something was asked, and not before. */
export function estDepuis({ recueLe }: Pick<Piece, 'recueLe'>, demandeLe: Temporal.Instant): boolean {
  return Temporal.Instant.compare(recueLe, demandeLe) >= 0;
}

function fermee(message: string): Decision {
  return non({ code: 'ETAT_INCOMPATIBLE', message, regle: 'TRANS-27', chemin: ['input', 'code'] });
}
