import type { ContexteBilan } from '@sillage/dispositif-kit';
import { type Decision, non, oui } from '@sillage/kernel';
import type { champsBilan, champsCandidature, termesConvention } from './champs.js';
import type { parametres } from './parametres.js';

type Bilan = ContexteBilan<typeof champsCandidature, typeof termesConvention, typeof parametres, typeof champsBilan>;

/** PRIMO-IND-02: the number of beneficiaries closed at the end is the one that the communes make together (PRIMO-IND-04). */
export function beneficiairesArretes({ bilan }: Bilan): Decision {
  const entres = bilan.jeunesEntres.reduce((total, { jeunes }) => total + jeunes, 0);
  if (bilan.beneficiaires === entres) return oui();
  return non({
    code: 'REGLE_NON_RESPECTEE',
    message: `Le total des bénéficiaires est celui des entrées, commune par commune : ${entres}.`,
    regle: 'PRIMO-IND-02',
    chemin: ['bilan', 'beneficiaires'],
  });
}
