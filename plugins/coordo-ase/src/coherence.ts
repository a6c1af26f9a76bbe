import { type ContexteConvention, nombreEnFrancais, type Valeurs } from '@sillage/dispositif-kit';
import { type Decision, non, oui } from '@sillage/kernel';
import type { champsCandidature, termesConvention } from './candidature.champs.js';
import type { parametres } from './parametres.js';

type Contexte = ContexteConvention<typeof termesConvention, typeof parametres> & {
  champs: Valeurs<typeof champsCandidature>;
};

/** ASE-FIN-01, AMB-175: the cap follows the ETP of the project that was selected. */
export function pasPlusDEtpQueDemandes({ champs, termes }: Contexte): Decision {
  if (termes.etp.comparer(champs.etp) <= 0) return oui();
  return non({
    code: 'REGLE_NON_RESPECTEE',
    message: `Les ETP conventionnés dépassent les ETP demandés : ${nombreEnFrancais(champs.etp)}.`,
    regle: 'ASE-FIN-01',
    chemin: ['input', 'termes', 'etp'],
  });
}
