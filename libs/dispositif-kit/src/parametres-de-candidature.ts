import { parametre, type Parametres } from './parametre.js';

const DU = '2020-01-01';

/**
 * How a call is followed in every dispositif, from its closing to the decision; a dispositif declares its own values under the same keys,
 * an administrator decides others for one appel.
 */
export const PARAMETRES_DE_CANDIDATURE = {
  rappelAvantCloture: parametre.jours([{ du: DU, valeur: 7 }], {
    libelle: 'Rappel aux porteurs, avant la clôture, de ce qui n’est pas déposé et validé',
    regle: 'TRANS-20',
  }),
  complementApresCloture: parametre.booleen([{ du: DU, valeur: false }], {
    libelle: 'Complément demandé et rendu après la clôture',
    regle: 'TRANS-08',
    interpretation: 'AMB-107',
  }),
  delaiComplement: parametre.jours([{ du: DU, valeur: 15 }], {
    libelle: 'Délai donné pour compléter une candidature, à défaut d’une date dite',
    regle: 'TRANS-20',
    interpretation: 'AMB-056',
  }),
} as const satisfies Parametres;
