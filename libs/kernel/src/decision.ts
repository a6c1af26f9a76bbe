import type { CodeErreur } from './codes-erreur.js';
import { ErreurValeur, Refus } from './erreurs.js';

/** Why a rule does not simply say yes. `chemin` leads to the faulty field. */
export interface Motif {
  code: CodeErreur;
  message: string;
  regle: string | null;
  chemin?: string[];
}

/** `A_CONFIRMER`: a borderline case, which a person decides (AMB-001). */
export type IssueDecision = 'OUI' | 'NON' | 'A_CONFIRMER';

export interface Decision {
  issue: IssueDecision;
  motifs: readonly Motif[];
}

export function oui(): Decision {
  return { issue: 'OUI', motifs: [] };
}

/** @throws ErreurValeur without a motif: a refusal always says why. */
export function non(motifs: Motif | readonly Motif[]): Decision {
  return { issue: 'NON', motifs: auMoinsUn(motifs) };
}

/** @throws ErreurValeur without a motif: whoever decides must know what to look at. */
export function aConfirmer(motifs: Motif | readonly Motif[]): Decision {
  return { issue: 'A_CONFIRMER', motifs: auMoinsUn(motifs) };
}

/** All the rules at once: NON wins over A_CONFIRMER, which wins over OUI; every motif is kept, in order. No rule: OUI. */
export function toutes(...decisions: Decision[]): Decision {
  return {
    issue: GRAVITE.find((issue) => decisions.some((decision) => decision.issue === issue)) ?? 'OUI',
    motifs: decisions.flatMap((decision) => decision.motifs),
  };
}

/** Goes on only with a yes. @throws Refus with one error a motif otherwise, borderline cases included. */
export function exiger(decision: Decision): void {
  if (decision.issue === 'OUI') return;
  throw new Refus(
    decision.motifs.map(({ code, message, regle, chemin }) => ({ code, message, path: chemin ?? [], regle })),
  );
}

const GRAVITE: readonly IssueDecision[] = ['NON', 'A_CONFIRMER'];

function auMoinsUn(motifs: Motif | readonly Motif[]): readonly Motif[] {
  const liste = 'code' in motifs ? [motifs] : motifs;
  if (liste.length === 0)
    throw new ErreurValeur('Une décision autre que OUI doit être motivée : indiquez au moins un motif.');
  return liste;
}
