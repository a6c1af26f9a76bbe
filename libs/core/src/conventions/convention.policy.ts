import type { Habilitation } from '@sillage/access';
import { type DateCivile, type Decision, dateEnFrancais, non, oui, type Periode, ROLES, toutes } from '@sillage/kernel';
import type { EtatConvention, Partie } from './convention.entity.js';

/** All that a signature depends on, already read. */
export interface SituationConvention {
  etat: EtatConvention;
  /** Parties that have signed. */
  signataires: readonly Partie[];
  /** Whether its bilan is handed in or confirmed: what was done is said, on its whole period. */
  bilanRemis: boolean;
  /** Whether the dispositif lets this dossier go on, on its territories. */
  continuer: Decision;
}

export function deciderSignature(partie: Partie, s: SituationConvention): Decision {
  if (s.etat === 'ABANDONNEE') {
    return non({
      code: 'ETAT_INCOMPATIBLE',
      message: 'Cette convention a été abandonnée : elle ne se signe plus.',
      regle: 'CONV-WF-01',
      chemin: ['input', 'conventionId'],
    });
  }
  if (!s.signataires.includes(partie)) return s.continuer;
  return non({
    code: 'ETAT_INCOMPATIBLE',
    message: 'Cette partie a déjà signé : une signature ne se change pas.',
    regle: 'TRANS-09',
    chemin: ['input', 'partie'],
  });
}

/** Somebody signs for one side only: a structure's people for the porteur, the Département's for the Département. */
export function signePour(partie: Partie, habilitations: readonly Habilitation[], structureId: string): boolean {
  return habilitations.some((h) =>
    partie === 'PORTEUR'
      ? ROLES[h.role].portee === 'STRUCTURE' && h.structureId === structureId
      : ROLES[h.role].portee === 'DEPARTEMENT',
  );
}

/** AMB-176: a signature is a fact. Its date is today's or earlier, and no earlier than the decision that allows the convention. */
export function deciderDateDeSignature(
  date: DateCivile,
  aujourdhui: DateCivile,
  decisionPriseLe: DateCivile,
): Decision {
  const chemin = ['input', 'signeeLe'];
  const refuser = (message: string): Decision => non({ code: 'PERIODE_INVALIDE', message, regle: 'AMB-097', chemin });
  const apres = date.since(aujourdhui).days > 0;
  const avant = date.since(decisionPriseLe).days < 0;
  return toutes(
    apres ? refuser(`Une signature ne peut être datée d’après aujourd’hui (${dateEnFrancais(aujourdhui)}).`) : oui(),
    avant ? refuser(`Une signature ne peut précéder la décision (${dateEnFrancais(decisionPriseLe)}).`) : oui(),
  );
}

/** The length of a convention, in whole months from its first day. */
export function deciderDuree(periode: Periode, moisMax: number, regle: string): Decision {
  if (!periode.depasse(moisMax)) return oui();
  return non({
    code: 'DUREE_SUPERIEURE_AU_MAXIMUM',
    message: `La convention dure au plus ${moisMax} mois.`,
    regle,
    chemin: ['input', 'au'],
  });
}
