import {
  parametre,
  parametreBareme,
  parametreBorneDuPrevu,
  parametreDelaiObservations,
  parametreExigenceDesSuivis,
  parametrePenaliteMalus,
  parametreProrataDuPlafond,
  parametreSourceDeQuantite,
  parametreTauxAvance,
} from '@sillage/dispositif-kit';
import { parametresDuPublic } from './parametres-du-public.js';

const DU = '2026-01-12';

/** The dated values of the 2026 text (regles.md, section 15); each can be overridden by appel, territory, convention or annex. */
export const parametres = {
  ...parametresDuPublic,
  plafondParEtp: parametre.montant([{ du: DU, valeur: '52000.00' }], {
    libelle: 'Plafond de participation par ETP, pour douze mois',
    regle: 'ASE-FIN-01',
  }),
  prorataPlafond: parametreProrataDuPlafond(DU, { regle: 'ASE-FIN-01', interpretation: 'AMB-082' }),
  forfaitIndirect: parametre.taux([{ du: DU, valeur: 20 }], {
    libelle: 'Forfait de charges indirectes, en part des dépenses directes',
    regle: 'ASE-FIN-04',
  }),
  borneDuPrevu: parametreBorneDuPrevu(DU, 'ASE-FIN-08'),
  partAccompagnements: parametre.taux([{ du: DU, valeur: 50 }], {
    libelle: 'Part du financement liée aux accompagnements',
    regle: 'ASE-FIN-05',
  }),
  partCharte: parametre.taux([{ du: DU, valeur: 50 }], {
    libelle: 'Part du financement liée à la charte qualité',
    regle: 'ASE-FIN-06',
  }),
  baremeQuantite: parametreBareme(DU, {
    libelle: 'Barème de la part des accompagnements',
    regle: 'ASE-FIN-09',
    interpretation: 'AMB-074',
  }),
  baremeQualite: parametreBareme(DU, {
    libelle: 'Barème de la part de la charte',
    regle: 'ASE-FIN-09',
    interpretation: 'AMB-074',
  }),
  seuilBareme: parametre.taux([{ du: DU, valeur: 100 }], {
    libelle: 'Seuil d’un barème à seuil',
    regle: 'ASE-FIN-09',
    interpretation: 'AMB-179',
  }),
  pasBareme: parametre.taux([{ du: DU, valeur: 10 }], {
    libelle: 'Pas d’un barème par paliers',
    regle: 'ASE-FIN-09',
    interpretation: 'AMB-179',
  }),
  mesureQuantite: parametre.choix(
    { FILE_ACTIVE: 'file active moyenne', CUMUL: 'jeunes accompagnés, en cumul' },
    [{ du: DU, valeur: 'FILE_ACTIVE' }],
    { libelle: 'Mesure des accompagnements réalisés', regle: 'ASE-IND-01', interpretation: 'AMB-080' },
  ),
  totalCharte: parametre.entier([{ du: DU, valeur: 100 }], {
    libelle: 'Total de la charte qualité',
    regle: 'ASE-IND-02',
    unite: 'points',
  }),
  plafondScore: parametre.entier([{ du: DU, valeur: 100 }], {
    libelle: 'Plafond du score de la charte, bonus compris',
    regle: 'ASE-IND-02',
    interpretation: 'AMB-076',
    unite: 'points',
  }),
  penaliteMalus: parametrePenaliteMalus(DU, 'ASE-IND-02'),
  delaiObservations: parametreDelaiObservations(DU, 'ASE-IND-02'),
  placesParEtp: parametre.entier([{ du: DU, valeur: 30 }], {
    libelle: 'Places d’accompagnement visées par ETP',
    regle: 'ASE-FIN-07',
    interpretation: 'AMB-081',
    unite: 'places',
  }),
  tauxAvance: parametreTauxAvance(DU, 60, 'ASE-PAY-01'),
  dureeMax: parametre.mois([{ du: DU, valeur: 12 }], {
    libelle: 'Durée la plus longue d’une convention',
    regle: 'ASE-CAL-02',
  }),
  sourceFileActive: parametreSourceDeQuantite(DU, {
    libelle: 'Où la file active est lue',
    regle: 'ASE-IND-01',
    interpretation: 'AMB-180',
  }),
  jourTableau: parametre.entier([{ du: DU, valeur: 10 }], {
    libelle: 'Jour du mois suivant où le tableau de suivi est dû',
    regle: 'ASE-DEL-02',
    interpretation: 'AMB-058',
    unite: 'du mois',
  }),
  exigenceTableaux: parametreExigenceDesSuivis(DU, 'AUCUNE', { regle: 'ASE-DEL-02', interpretation: 'AMB-058' }),
  delaiComite: parametre.jours([{ du: DU, valeur: 0 }], {
    libelle: 'Délai du comité de suivi après la fin de son trimestre',
    regle: 'ASE-BIL-01',
    interpretation: 'AMB-060',
  }),
  exigenceComites: parametreExigenceDesSuivis(DU, 'AUCUNE', { regle: 'ASE-BIL-01', interpretation: 'AMB-061' }),
  delaiPilotage: parametre.jours([{ du: DU, valeur: 0 }], {
    libelle: 'Délai du comité de pilotage après la fin de son année d’opération',
    regle: 'ASE-BIL-02',
  }),
  exigencePilotage: parametreExigenceDesSuivis(DU, 'AUCUNE', { regle: 'ASE-BIL-02', interpretation: 'AMB-061' }),
  delaiRendezVous: parametre.jours([{ du: DU, valeur: 15 }], {
    libelle: 'Délai du rendez-vous tripartite après la prise de contact',
    regle: 'ASE-DEL-01',
    interpretation: 'AMB-057',
  }),
};
