import { type Chiffre, type ContexteBilan, fileActiveMoyenne } from '@sillage/dispositif-kit';
import { Fraction } from '@sillage/kernel';
import type { champsBilan } from './bilan.champs.js';
import type { champsCandidature, termesConvention } from './candidature.champs.js';
import type { parametres } from './parametres.js';

export type ContexteDuBilan = ContexteBilan<
  typeof champsCandidature,
  typeof termesConvention,
  typeof parametres,
  typeof champsBilan
>;

/** What counts as accompaniments done: the mean active file, or the young people in all (AMB-080). */
export function accompagnementsRealises({ bilan, quantites, periode, parametres }: ContexteDuBilan): Chiffre {
  const { mesureQuantite } = parametres;
  if (mesureQuantite.valeur === 'CUMUL') {
    return {
      valeur: Fraction.de(BigInt(bilan.jeunesAccompagnes)),
      explication: {
        libelle: 'Jeunes accompagnés, en cumul',
        resultat: `${bilan.jeunesAccompagnes} jeunes`,
        regle: 'ASE-IND-01',
        interpretation: 'AMB-080',
        parametres: [mesureQuantite.cite],
      },
    };
  }
  const { valeur, explication } = fileActiveMoyenne({ quantites, periode, regle: 'ASE-IND-01' });
  const cumul = { nom: 'Pour mémoire, jeunes en cumul', valeur: `${bilan.jeunesAccompagnes}` };
  return {
    valeur,
    explication: {
      ...explication,
      entrees: [...(explication.entrees ?? []), cumul],
      parametres: [mesureQuantite.cite, parametres.sourceFileActive.cite],
    },
  };
}
