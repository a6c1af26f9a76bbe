import {
  parametre,
  parametreAssietteDesCharges,
  parametreBorneDuPrevu,
  parametreExigenceDesSuivis,
  parametreProrataDesMesures,
  parametresDeLOperation,
  parametreTauxAvance,
} from '@sillage/dispositif-kit';

const DU = '2026-01-12';

/** The dated values of the 2026 text (regles.md, section 15); each can be overridden by appel, territory, convention or annex. */
export const parametres = {
  enveloppe: parametre.montant([{ du: DU, valeur: '350000.00' }], {
    libelle: 'Enveloppe de l’appel à projets, pour tous les porteurs',
    regle: 'ASGL-FIN-01',
    interpretation: 'AMB-094',
  }),
  plafondSimple: parametre.montant([{ du: DU, valeur: '2500.00' }], {
    libelle: 'Plafond d’une mesure simple, pour douze mois',
    regle: 'ASGL-FIN-02',
  }),
  plafondRenforcee: parametre.montant([{ du: DU, valeur: '5000.00' }], {
    libelle: 'Plafond d’une mesure renforcée, pour douze mois',
    regle: 'ASGL-FIN-03',
  }),
  tauxCharges: parametre.taux([{ du: DU, valeur: 25 }], {
    libelle: 'Plafond des charges hors personnel',
    regle: 'ASGL-FIN-04',
  }),
  assietteCharges: parametreAssietteDesCharges(DU, 'ASGL-FIN-04'),
  borneDuPrevu: parametreBorneDuPrevu(DU, 'ASGL-FIN-04'),
  prorataMesures: parametreProrataDesMesures(DU, { regle: 'ASGL-FIN-06', interpretation: 'AMB-089' }),
  dureeMesure: parametre.mois([{ du: DU, valeur: 12 }], {
    libelle: 'Durée d’une mesure',
    regle: 'ASGL-WF-05',
  }),
  prolongation: parametre.mois([{ du: DU, valeur: 6 }], {
    libelle: 'Durée d’une prolongation décidée',
    regle: 'ASGL-WF-05',
  }),
  prolongationFinancee: parametre.booleen([{ du: DU, valeur: false }], {
    libelle: 'Financement des prolongations décidées',
    regle: 'ASGL-WF-05',
    interpretation: 'AMB-090',
  }),
  tauxAvance: parametreTauxAvance(DU, 80, 'ASGL-PAY-01'),
  ...parametresDeLOperation(DU, { debut: '2026-10-01', fin: '2027-09-30', dureeMax: 12, regle: 'ASGL-CAL-02' }),
  objectifMin: parametre.entier([{ du: DU, valeur: 70 }], {
    libelle: 'Jeunes à accompagner au moins, sur l’ensemble du Département',
    regle: 'ASGL-IND-01',
    interpretation: 'AMB-093',
    unite: 'jeunes',
  }),
  ageMin: parametre.entier([{ du: DU, valeur: 18 }], {
    libelle: 'Âge révolu à la validation, au moins',
    regle: 'ASGL-ELIG-01',
    interpretation: 'AMB-002',
    unite: 'ans',
  }),
  ageMax: parametre.entier([{ du: DU, valeur: 24 }], {
    libelle: 'Âge révolu à la validation, au plus',
    regle: 'ASGL-ELIG-01',
    interpretation: 'AMB-002',
    unite: 'ans',
  }),
  jourDeDebut: parametre.entier([{ du: '2026-10-01', valeur: 1 }], {
    libelle: 'Jour du mois suivant la validation où la mesure débute',
    regle: 'ASGL-CAL-03',
    interpretation: 'AMB-068',
    unite: 'du mois',
  }),
  frequenceBilan: parametre.mois([{ du: '2026-10-01', valeur: 6 }], {
    libelle: 'Mois de mesure que couvre chaque bilan fait avec le jeune',
    regle: 'ASGL-BIL-01',
    interpretation: 'AMB-070',
  }),
  // Known from the appel on: a convention keeps what held on the day of its signature.
  delaiSuivi: parametre.jours([{ du: DU, valeur: 0 }], {
    libelle: 'Délai de l’état des bilans et des ruptures après la fin de son semestre',
    regle: 'ASGL-BIL-01',
    interpretation: 'AMB-070',
  }),
  exigenceSuivi: parametreExigenceDesSuivis(DU, 'AUCUNE', {
    regle: 'ASGL-BIL-01',
    interpretation: 'AMB-070',
  }),
  delaiContrat: parametre.mois([{ du: DU, valeur: 1 }], {
    libelle: 'Délai du contrat entre l’association et le jeune, après la notification',
    regle: 'ASGL-DEL-01',
  }),
};
