import type { ContexteBilan } from '@sillage/dispositif-kit';
import { type Decision, non, oui } from '@sillage/kernel';
import type { champsBilan, champsCandidature, termesConvention } from './champs.js';
import type { parametres } from './parametres.js';

export type ContexteDuBilan = ContexteBilan<
  typeof champsCandidature,
  typeof termesConvention,
  typeof parametres,
  typeof champsBilan
>;

/** SOLLOG-IND-03: a household has at least one young person; both are counted (AMB-151). */
export function menagesEtJeunes({ bilan }: ContexteDuBilan): Decision {
  const fausse = bilan.entrees.find(({ menages, jeunes }) => jeunes < menages);
  if (fausse === undefined) return oui();
  return refuser('SOLLOG-IND-03', 'entrees', `Moins de jeunes que de ménages à ${fausse.commune}.`);
}

/** SOLLOG-IND-05, SOLLOG-IND-06: nobody leaves who has not entered, and another reason is told (AMB-158). */
export function sortiesJustes({ bilan }: ContexteDuBilan): Decision {
  const entres = bilan.entrees.reduce((total, { menages }) => total + menages, 0);
  const sortis = bilan.sorties.reduce((total, { menages }) => total + menages, 0);
  if (sortis > entres)
    return refuser('SOLLOG-IND-05', 'sorties', `Plus de ménages sortis (${sortis}) que de ménages entrés (${entres}).`);
  if (bilan.sorties.some(({ motif, precision }) => motif === 'AUTRE' && precision === null))
    return refuser('SOLLOG-IND-06', 'sorties', 'Précisez chaque autre motif de sortie.');
  return oui();
}

function refuser(regle: string, champ: string, message: string): Decision {
  return non({ code: 'REGLE_NON_RESPECTEE', message, regle, chemin: ['bilan', champ] });
}
