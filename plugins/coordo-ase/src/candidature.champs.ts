import { champ, champBudgetAdopte } from '@sillage/dispositif-kit';
import { plan } from './plan.js';

const engagement = (libelle: string, regle: string) => champ.booleen({ libelle, regle });

/** What a porteur fills in. The territories are asked by the core, for every dispositif. */
export const champsCandidature = {
  intitule: champ.texte({ libelle: 'Intitulé du projet', max: 200 }),
  presentation: champ.texte({ libelle: 'Présentation du projet', max: 10_000, regle: 'ASE-QUAL-03' }),
  expertise: champ.texte({
    libelle: 'Expertise auprès des 16-25 ans en difficulté d’insertion et ancrage local',
    max: 5000,
    regle: 'ASE-PORT-01',
  }),
  etp: champ.decimal({ libelle: 'ETP de coordo demandés', unite: 'ETP', min: '0.1', max: '50', regle: 'ASE-FIN-01' }),
  accompagnementsEngages: champ.entier({
    libelle: 'Accompagnements engagés, en file active',
    aide: 'La cible est de 30 places par ETP.',
    unite: 'places',
    min: 1,
    max: 2000,
    regle: 'ASE-FIN-05',
  }),
  depensesDirectes: plan.prevues({
    libelle: 'Dépenses directes prévues',
    regle: 'ASE-FIN-02',
    regleNatures: 'ASE-FIN-03',
  }),
  depensesIndirectes: champ.montant({
    libelle: 'Charges indirectes (forfait de 20 % des dépenses directes)',
    aide: 'Laissez vide : le forfait est calculé.',
    unite: '€',
    regle: 'ASE-FIN-04',
    facultatif: true,
  }),
  montantDemande: champ.montant({ libelle: 'Participation demandée au Département', unite: '€', regle: 'ASE-FIN-01' }),
  engagementMoyens: engagement('Engagement : moyens humains et matériels', 'ASE-QUAL-A'),
  engagementAccompagnement: engagement('Engagement : accompagner autrement, aller vers', 'ASE-QUAL-B'),
  engagementPartenariatDepartement: engagement('Engagement : partenariat avec le Département', 'ASE-QUAL-C'),
  engagementProcedures: engagement('Engagement : procédures et outils du Département', 'ASE-QUAL-D'),
  engagementCommunication: engagement('Engagement : outils de communication', 'ASE-QUAL-E'),
  engagementPartenariatTerritorial: engagement('Engagement : partenariat territorial', 'ASE-QUAL-F'),
  contactNom: champ.texte({ libelle: 'Personne à contacter', max: 200, nominatif: true }),
  contactCourriel: champ.courriel({ libelle: 'Courriel de la personne à contacter', nominatif: true }),
  contactTelephone: champ.telephone({
    libelle: 'Téléphone de la personne à contacter',
    nominatif: true,
    facultatif: true,
  }),
};

/** What the convention commits to. */
export const termesConvention = {
  etp: champ.decimal({ libelle: 'ETP conventionnés', unite: 'ETP', min: '0.1', max: '50', regle: 'ASE-FIN-01' }),
  accompagnements: champ.entier({
    libelle: 'Accompagnements engagés, en file active',
    unite: 'places',
    min: 1,
    max: 2000,
    regle: 'ASE-FIN-05',
  }),
  budgetAdopte: champBudgetAdopte,
};
