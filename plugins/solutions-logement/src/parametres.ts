import {
  parametre,
  parametreBorneDuPrevu,
  parametreEffetDesObjectifs,
  parametreExigenceDesSuivis,
  parametresDeLOperation,
  parametreSourceDeQuantite,
  parametreTauxAvance,
} from '@sillage/dispositif-kit';

const DU = '2026-01-12';

/** The dated values of the 2026 text (regles.md, section 15); each can be overridden by appel, territory, convention or annex. */
export const parametres = {
  enveloppe: parametre.montant([{ du: DU, valeur: '60000.00' }], {
    libelle: 'Enveloppe de l’appel à projets, pour tous les porteurs',
    regle: 'SOLLOG-FIN-01',
    interpretation: 'AMB-094',
  }),
  ageMin: parametre.entier([{ du: DU, valeur: 18 }], {
    libelle: 'Âge du public, au moins',
    regle: 'SOLLOG-ELIG-01',
    unite: 'ans',
  }),
  ageMax: parametre.entier([{ du: DU, valeur: 24 }], {
    libelle: 'Âge du public, au plus, révolu',
    regle: 'SOLLOG-ELIG-01',
    interpretation: 'AMB-002',
    unite: 'ans',
  }),
  borneDuPrevu: parametreBorneDuPrevu(DU, 'SOLLOG-FIN-02'),
  tauxAvance: parametreTauxAvance(DU, 80, 'SOLLOG-PAY-01'),
  effetDesObjectifs: parametreEffetDesObjectifs(DU, 'SOLLOG-PAY-02'),
  ...parametresDeLOperation(DU, { debut: '2026-10-01', fin: '2027-09-30', dureeMax: 12, regle: 'SOLLOG-CAL-02' }),
  objectifMin: parametre.entier([{ du: '2026-01-01', valeur: 30 }], {
    libelle: 'Jeunes à loger au moins, sur l’ensemble du Département, pour toute la convention',
    regle: 'SOLLOG-IND-01',
    interpretation: 'AMB-049',
    unite: 'jeunes',
  }),
  jourTableau: parametre.entier([{ du: DU, valeur: 10 }], {
    libelle: 'Jour du mois suivant où le tableau mensuel est rappelé, sans sanction',
    regle: 'SOLLOG-DEL-01',
    interpretation: 'AMB-059',
    unite: 'du mois',
  }),
  exigenceTableaux: parametreExigenceDesSuivis(DU, 'AUCUNE', { regle: 'SOLLOG-DEL-01', interpretation: 'AMB-059' }),
  sourceJeunesLoges: parametreSourceDeQuantite(DU, {
    libelle: 'Où les jeunes logés sont lus',
    regle: 'SOLLOG-IND-01',
    interpretation: 'AMB-151',
  }),
  delaiBilan: parametre.mois([{ du: DU, valeur: 3 }], {
    libelle: 'Rappel du bilan final après la fin de la convention, sans sanction',
    regle: 'SOLLOG-BIL-02',
    interpretation: 'AMB-064',
  }),
};
