import {
  arrondir,
  type ContexteBilan,
  mesuresCoherentes,
  montantDesMesures,
  type MontantExplique,
  plafondConventionne,
  plafonner,
} from '@sillage/dispositif-kit';
import type { Decision } from '@sillage/kernel';
import type { champsBilan, champsCandidature, termesConvention } from './champs.js';
import { depensesRetenues } from './depenses.js';
import type { parametres } from './parametres.js';

type Bilan = ContexteBilan<typeof champsCandidature, typeof termesConvention, typeof parametres, typeof champsBilan>;

/** ASGL-PAY-02: what was done is paid for, at most what was spent (AMB-093), at most what the convention grants; rounded once. */
export function montantDu({ champs, bilan, periode, montantConventionne, parametres }: Bilan): MontantExplique {
  return arrondir(
    plafonner(
      { libelle: 'Montant dû selon le service fait', regle: 'ASGL-PAY-02' },
      plafondConventionne(montantConventionne),
      montantDesMesures(bilan.mesures, {
        operation: periode,
        niveaux: {
          SIMPLE: { libelle: 'Mesures simples', pourDouzeMois: parametres.plafondSimple, regle: 'ASGL-FIN-02' },
          RENFORCEE: {
            libelle: 'Mesures renforcées',
            pourDouzeMois: parametres.plafondRenforcee,
            regle: 'ASGL-FIN-03',
          },
        },
        prorata: parametres.prorataMesures,
        duree: parametres.dureeMesure,
        prolongation: parametres.prolongation,
        prolongationFinancee: parametres.prolongationFinancee,
        regle: 'ASGL-PAY-02',
      }),
      depensesRetenues({
        prevues: champs.depensesPrevues,
        encourues: bilan.depensesEncourues,
        conventionne: montantConventionne,
        parametres,
      }),
    ),
  );
}

/** ASGL-PAY-02: a measure counted twice would be paid twice. */
export function mesuresDuBilan({ bilan }: Bilan): Decision {
  return mesuresCoherentes(bilan.mesures, 'mesures', 'ASGL-PAY-02');
}
