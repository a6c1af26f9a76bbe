import { type DateCivile, type Decision, type Montant, non, oui, Temporal } from '@sillage/kernel';
import type { SituationConvention } from './convention.policy.js';

/** What an avenant may change, as domain values: written otherwise, a value is the same. */
export interface ContenuConvention {
  readonly au: DateCivile;
  readonly montant: Montant;
  /** Of the candidature. */
  readonly champs: object;
}

export interface Changement {
  readonly avant: ContenuConvention;
  readonly apres: ContenuConvention;
  /** Terms so far, in the order in which they were signed. */
  readonly termesAvant: readonly { readonly du: DateCivile; readonly termes: object }[];
  readonly termesApres: object;
  readonly effetLe: DateCivile;
}

/** Whether a convention may be changed: signed by both, not ended by one of them, and its bilan not handed in. */
export function deciderAvenant({ etat, bilanRemis, continuer }: SituationConvention): Decision {
  const refuser = (message: string, regle: string): Decision =>
    non({ code: 'ETAT_INCOMPATIBLE', message, regle, chemin: ['input', 'conventionId'] });
  if (etat === 'DENONCEE' || etat === 'RESILIEE') {
    return refuser('La convention prend fin par la volonté d’une partie : elle ne change plus.', 'CONV-WF-01');
  }
  if (etat !== 'SIGNEE') return refuser('Un avenant change une convention signée par les deux parties.', 'TRANS-09');
  if (bilanRemis) {
    return refuser('Le bilan est remis : la convention ne change plus, sauf s’il est renvoyé.', 'TRANS-25');
  }
  return continuer;
}

/** TRANS-09: an avenant that would leave everything as it is, from its day on, is one that somebody filled in badly. */
export function deciderChangement({ avant, apres, termesAvant, termesApres, effetLe }: Changement): Decision {
  const enVigueur = termesAvant.slice(
    termesAvant.findLastIndex(({ du }) => Temporal.PlainDate.compare(du, effetLe) <= 0),
  );
  if (!memes(avant, apres) || enVigueur.some(({ termes }) => !memes(termes, termesApres))) return oui();
  return non({
    code: 'REGLE_NON_RESPECTEE',
    message:
      'Cet avenant ne change rien : dites ce qui change, de la date de fin, du montant, des termes ou du plan de la candidature.',
    regle: 'TRANS-09',
    chemin: ['input'],
  });
}

/** Domain values say all of themselves in JSON, the fields of a declaration always in its order. */
function memes(un: object, autre: object): boolean {
  return JSON.stringify(un) === JSON.stringify(autre);
}
