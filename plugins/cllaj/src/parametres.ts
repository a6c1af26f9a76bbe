import {
  parametre,
  parametreAnneeDuPlafond,
  parametreBorneDuPrevu,
  parametreBorneHaute,
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
  tauxAvance: parametre.taux([{ du: DU, valeur: 80 }], {
    libelle: 'Taux de l’avance versée à la signature',
    regle: 'CLLAJ-PAY-01',
  }),
  dureeMax: parametre.mois([{ du: DU, valeur: 12 }], {
    libelle: 'Durée la plus longue d’une convention',
    regle: 'CLLAJ-CAL-02',
  }),
  debutOperation: parametre.date([{ du: DU, valeur: '2026-09-01' }], {
    libelle: 'Premier jour de l’opération',
    regle: 'CLLAJ-CAL-02',
  }),
  finOperation: parametre.date([{ du: DU, valeur: '2027-08-31' }], {
    libelle: 'Dernier jour de l’opération',
    regle: 'CLLAJ-CAL-02',
  }),
  rappelBilan: parametre.mois([{ du: DU, valeur: 3 }], {
    libelle: 'Rappel du bilan final après la fin de l’opération, sans sanction',
    regle: 'CLLAJ-BIL-02',
    interpretation: 'AMB-064',
  }),
};
