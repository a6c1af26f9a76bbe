import { parametre } from '@sillage/dispositif-kit';

const DU = '2026-01-12';

/** The dated values of the 2026 text (regles.md, section 15); each can be overridden by appel, territory, convention or annex. */
export const parametres = {
  plafondParEtp: parametre.montant([{ du: DU, valeur: '52000.00' }], {
    libelle: 'Plafond de participation par ETP, pour douze mois',
    regle: 'ASE-FIN-01',
  }),
  prorataPlafond: parametre.choix(
    { MENSUEL: 'au prorata des mois conventionnés', AUCUN: 'sans prorata' },
    [{ du: DU, valeur: 'MENSUEL' }],
    { libelle: 'Plafond d’une convention de moins de douze mois', regle: 'ASE-FIN-01', interpretation: 'AMB-082' },
  ),
  forfaitIndirect: parametre.taux([{ du: DU, valeur: 20 }], {
    libelle: 'Forfait de charges indirectes, en part des dépenses directes',
    regle: 'ASE-FIN-04',
  }),
  placesParEtp: parametre.entier([{ du: DU, valeur: 30 }], {
    libelle: 'Places d’accompagnement visées par ETP',
    regle: 'ASE-FIN-07',
    interpretation: 'AMB-081',
    unite: 'places',
  }),
  tauxAvance: parametre.taux([{ du: DU, valeur: 60 }], {
    libelle: 'Taux de l’avance versée à la signature',
    regle: 'ASE-PAY-01',
  }),
  dureeMax: parametre.mois([{ du: DU, valeur: 12 }], {
    libelle: 'Durée la plus longue d’une convention',
    regle: 'ASE-CAL-02',
  }),
  delaiRendezVous: parametre.jours([{ du: DU, valeur: 15 }], {
    libelle: 'Délai du rendez-vous tripartite après la prise de contact',
    regle: 'ASE-DEL-01',
    interpretation: 'AMB-057',
  }),
};
