import { rulesToAST } from '@casl/ability/extra';
import type { Droits } from './droits.js';
import type { Action, Sujet } from './vocabulaire.js';

/** A node of the syntax tree that CASL makes of the conditions of its rules. */
export interface Noeud {
  readonly operator: string;
  readonly value: unknown;
}

export interface NoeudChamp extends Noeud {
  readonly field: string;
}

/** The rules for this action on this subject as one tree; `null` when no rule allows anything. */
export function arbreDesDroits(droits: Droits, action: Action, sujet: Sujet): Noeud | null {
  return rulesToAST(droits, action, sujet);
}

export function porteSurUnChamp(noeud: Noeud): noeud is NoeudChamp {
  return 'field' in noeud && typeof noeud.field === 'string';
}

/** The children of `and`, `or`, `not`; `null` for a node that has none. */
export function enfants(noeud: Noeud): readonly Noeud[] | null {
  if (porteSurUnChamp(noeud) || !Array.isArray(noeud.value)) return null;
  return noeud.value.every(estNoeud) ? noeud.value : null;
}

/** Every field on which a rule for this action and subject depends. */
export function champsDesRegles(droits: Droits, action: Action, sujet: Sujet): Set<string> {
  const champs = new Set<string>();
  const visiter = (noeud: Noeud): void => {
    if (porteSurUnChamp(noeud)) champs.add(noeud.field);
    enfants(noeud)?.forEach(visiter);
  };
  for (const { ast } of droits.rulesFor(action, sujet)) if (estNoeud(ast)) visiter(ast);
  return champs;
}

function estNoeud(valeur: unknown): valeur is Noeud {
  return typeof valeur === 'object' && valeur !== null && 'operator' in valeur && 'value' in valeur;
}
