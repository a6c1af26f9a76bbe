import {
  parametre,
  parametreBorneDuPrevu,
  parametreBorneHaute,
  parametreEffetDesObjectifs,
  parametreExigenceDesSuivis,
  parametreProrataDuPlafond,
  parametresDeLOperation,
  parametreTauxAvance,
} from '@sillage/dispositif-kit';

const DU = '2026-04-01';

/** The dated values of the 2026 text (regles.md, section 15); each can be overridden by appel, territory, convention or annex. */
export const parametres = {
  ageMin: parametre.entier([{ du: DU, valeur: 16 }], {
    libelle: 'Âge du public, au moins',
    regle: 'GRAINE-ELIG-01',
    unite: 'ans',
  }),
  ageMax: parametre.entier([{ du: DU, valeur: 25 }], {
    libelle: 'Âge du public, au plus',
    regle: 'GRAINE-ELIG-01',
    interpretation: 'AMB-001',
    unite: 'ans',
  }),
  borneHaute: parametreBorneHaute(DU, 'GRAINE-ELIG-01'),
  forfaitIndirect: parametre.taux([{ du: DU, valeur: 20 }], {
    libelle: 'Forfait de charges indirectes, en part des dépenses directes',
    regle: 'GRAINE-FIN-04',
    interpretation: 'AMB-084',
  }),
  borneDuPrevu: parametreBorneDuPrevu(DU, 'GRAINE-FIN-01'),
  plafondParPlace: parametre.aDecider(
    DU,
    parametre.montant([], {
      libelle: 'Plafond de participation par place, pour douze mois',
      regle: 'GRAINE-FIN-05',
      interpretation: 'AMB-085',
    }),
  ),
  prorataPlafond: parametreProrataDuPlafond(DU, { regle: 'GRAINE-FIN-05', interpretation: 'AMB-082' }),
  tauxAvance: parametreTauxAvance(DU, 60, 'GRAINE-PAY-01'),
  effetDesObjectifs: parametreEffetDesObjectifs(DU, 'GRAINE-PAY-02'),
  ...parametresDeLOperation(DU, { debut: '2026-07-01', fin: '2027-06-30', dureeMax: 12, regle: 'GRAINE-CAL-02' }),
  delaiSignalement: parametre.mois([{ du: DU, valeur: 2 }], {
    libelle: 'Délai du signalement après la convocation',
    regle: 'GRAINE-DEL-01',
    interpretation: 'AMB-065',
  }),
  delaiFiches: parametre.jours([{ du: DU, valeur: 15 }], {
    libelle: 'Rappel de la validation d’une fiche par le SLAI',
    regle: 'GRAINE-WF-09',
    interpretation: 'AMB-113',
  }),
  delaiComite: parametre.jours([{ du: DU, valeur: 0 }], {
    libelle: 'Délai du comité de suivi après la fin de son trimestre',
    regle: 'GRAINE-BIL-01',
    interpretation: 'AMB-060',
  }),
  exigenceComites: parametreExigenceDesSuivis(DU, 'A_CONFIRMER', {
    regle: 'GRAINE-BIL-01',
    interpretation: 'AMB-061',
  }),
  delaiBilan: parametre.mois([{ du: DU, valeur: 3 }], {
    libelle: 'Délai du bilan final après la fin effective de la convention',
    regle: 'GRAINE-DEL-02',
  }),
};
