import {
  parametre,
  parametreAnneeDuPlafond,
  parametreBorneDuPrevu,
  parametreBorneHaute,
  parametresDeLOperation,
  parametreTauxAvance,
} from '@sillage/dispositif-kit';

const DU = '2026-04-01';

/** The dated values of the 2026 text (regles.md, section 15); each can be overridden by appel, territory, convention or annex. */
export const parametres = {
  ageMin: parametre.entier([{ du: DU, valeur: 16 }], {
    libelle: 'Âge le plus bas du public, en années révolues',
    regle: 'CLLAJ-ELIG-01',
    unite: 'ans',
  }),
  ageMax: parametre.entier([{ du: DU, valeur: 30 }], {
    libelle: 'Âge le plus haut du public, en années révolues',
    regle: 'CLLAJ-ELIG-01',
    interpretation: 'AMB-001',
    unite: 'ans',
  }),
  borneHaute: parametreBorneHaute(DU, 'CLLAJ-ELIG-01'),
  plafondAnnuel: parametre.montant([{ du: DU, valeur: '20000.00' }], {
    libelle: 'Participation la plus haute, par an et par CLLAJ',
    regle: 'CLLAJ-FIN-01',
  }),
  anneePlafond: parametreAnneeDuPlafond(DU, 'CLLAJ-FIN-01'),
  borneDuPrevu: parametreBorneDuPrevu(DU, 'CLLAJ-FIN-02'),
  tauxAvance: parametreTauxAvance(DU, 80, 'CLLAJ-PAY-01'),
  ...parametresDeLOperation(DU, { debut: '2026-09-01', fin: '2027-08-31', dureeMax: 12, regle: 'CLLAJ-CAL-02' }),
  rappelBilan: parametre.mois([{ du: DU, valeur: 3 }], {
    libelle: 'Rappel du bilan final après la fin de l’opération, sans sanction',
    regle: 'CLLAJ-BIL-02',
    interpretation: 'AMB-064',
  }),
};
