import {
  champ,
  champBudgetAdopte,
  champMotifDeSortie,
  champsBailleur,
  naturesLogement,
  planDeFinancement,
} from '@sillage/dispositif-kit';

/** Equipment, and other kinds (AMB-096). */
export const plan = planDeFinancement(naturesLogement('PRIMO-FIN-02'));

export const champsCandidature = {
  intitule: champ.texte({ libelle: 'Intitulé du projet', max: 200 }),
  ...champsBailleur('PRIMO-PORT-01'),
  couverture: champ.texte({
    libelle: 'Couverture du territoire, sans zone blanche',
    max: 5000,
    regle: 'PRIMO-PORT-02',
  }),
  experience: champ.texte({
    libelle: 'Réseau, expérience et caractère innovant',
    max: 5000,
    regle: 'PRIMO-PORT-02',
  }),
  offre: champ.texte({
    libelle: 'Offre de logements : réactivité, typologies, localisation, pré-équipement, loyers et charges',
    max: 10_000,
    regle: 'PRIMO-QUAL-01',
  }),
  engagementVisite: champ.booleen({
    libelle: 'Engagement : gestion locative adaptée et visite à domicile dans le mois de l’arrivée',
    regle: 'PRIMO-WF-02',
    exige: true,
  }),
  engagementAccompagnement: champ.booleen({
    libelle: 'Engagement : un accompagnement social est proposé en plus du logement',
    regle: 'PRIMO-WF-03',
    exige: true,
  }),
  objectifJeunes: champ.entier({
    libelle: 'Jeunes à loger',
    aide: 'L’objectif est de 30 jeunes au moins pour l’ensemble du Département.',
    unite: 'jeunes',
    min: 1,
    max: 2000,
    regle: 'PRIMO-IND-01',
  }),
  depensesPrevues: plan.prevues({ libelle: 'Dépenses prévues', regle: 'PRIMO-FIN-02', regleNatures: 'AMB-096' }),
  montantDemande: champ.montant({
    libelle: 'Participation demandée au Département',
    unite: '€',
    min: '0.01',
    regle: 'PRIMO-FIN-01',
  }),
  contactNom: champ.texte({ libelle: 'Personne à contacter', max: 200, nominatif: true }),
  contactCourriel: champ.courriel({ libelle: 'Courriel de la personne à contacter', nominatif: true }),
};

/** What the convention commits to. */
export const termesConvention = {
  objectifJeunes: champ.entier({
    libelle: 'Jeunes à loger',
    unite: 'jeunes',
    min: 1,
    max: 2000,
    regle: 'PRIMO-IND-01',
  }),
  budgetAdopte: champBudgetAdopte,
};

/** What the porteur hands in at the end; counts only, never a name (PRIMO-BIL-02). */
export const champsBilan = {
  montantUtilise: champ.montant({
    libelle: 'Montant utilisé de la participation',
    unite: '€',
    regle: 'PRIMO-IND-03',
  }),
  montantRestant: champ.montant({
    libelle: 'Montant restant de la participation',
    aide: 'Il est suivi ; une restitution éventuelle est une décision du Département.',
    unite: '€',
    regle: 'AMB-095',
  }),
  depensesEncourues: plan.encourues({
    libelle: 'Dépenses payées, équipements par type',
    regle: 'PRIMO-IND-05',
    regleNatures: 'AMB-096',
  }),
  jeunesEntres: champ.lignes(
    {
      territoire: champ.texte({ libelle: 'Territoire', max: 100 }),
      commune: champ.texte({ libelle: 'Commune', max: 100 }),
      jeunes: champ.entier({ libelle: 'Jeunes entrés en logement', unite: 'jeunes', min: 1, max: 2000 }),
    },
    { libelle: 'Jeunes entrés en logement, par territoire et par commune', regle: 'PRIMO-IND-04' },
  ),
  beneficiaires: champ.entier({
    libelle: 'Bénéficiaires, arrêtés en fin de convention',
    unite: 'jeunes',
    regle: 'PRIMO-IND-02',
  }),
  logementsPreEquipes: champ.entier({
    libelle: 'Nouveaux logements pré-équipés',
    unite: 'logements',
    regle: 'PRIMO-IND-05',
  }),
  jeunesSortis: champ.lignes(
    {
      motif: champMotifDeSortie('PRIMO-IND-07'),
      jeunes: champ.entier({ libelle: 'Jeunes ayant quitté le logement', unite: 'jeunes', min: 1, max: 2000 }),
    },
    { libelle: 'Jeunes ayant quitté le logement, par motif', regle: 'PRIMO-IND-06' },
  ),
  partenaires: champ.entier({
    libelle: 'Partenaires distincts du champ du logement mobilisés',
    unite: 'partenaires',
    regle: 'PRIMO-IND-08',
  }),
  freins: champ.texte({ libelle: 'Analyse qualitative des freins', max: 10_000, regle: 'PRIMO-BIL-02' }),
};
