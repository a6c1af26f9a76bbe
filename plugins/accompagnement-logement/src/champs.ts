import { champ, champBudgetAdopte, lignesDeMesures, planDeFinancement } from '@sillage/dispositif-kit';

/** Personnel, and the other charges that a cap bounds (ASGL-FIN-04). */
export const plan = planDeFinancement({
  PERSONNEL: { libelle: 'Personnel nécessaire à l’opération', famille: 'PERSONNEL', regle: 'ASGL-FIN-04' },
  DIRECTES: { libelle: 'Charges directes hors personnel', famille: 'FONCTIONNEMENT', regle: 'ASGL-FIN-04' },
  INDIRECTES: { libelle: 'Charges indirectes', famille: 'INDIRECT', regle: 'ASGL-FIN-04' },
  PERSONNEL_HORS_OPERATION: {
    libelle: 'Personnel non nécessaire à l’opération',
    famille: 'PERSONNEL',
    regle: 'ASGL-FIN-04',
    refus: 'seul le personnel nécessaire à l’opération est retenu',
  },
});

const mesures = (libelle: string, regle: string) =>
  champ.entier({ libelle, unite: 'mesures', min: 0, max: 2000, regle });

const engagement = (libelle: string, regle: string) =>
  champ.booleen({ libelle: `Engagement : ${libelle}`, regle, exige: true });

export const champsCandidature = {
  intitule: champ.texte({ libelle: 'Intitulé du projet', max: 200 }),
  agrement: champ.texte({
    libelle: 'Référence de l’agrément du Fonds de solidarité pour le logement, pour l’accompagnement social',
    max: 200,
    regle: 'ASGL-PORT-01',
  }),
  agrementLe: champ.date({ libelle: 'Date de l’agrément', regle: 'ASGL-PORT-01', quand: 'PASSE' }),
  experience: champ.texte({
    libelle: 'Réseau, expérience, accompagnement concerté du ménage, innovation',
    max: 10_000,
    regle: 'ASGL-PORT-02',
  }),
  intervenants: champ.texte({
    libelle: 'Intervenants et diplômes',
    aide: 'L’intervenant principal est conseiller en économie sociale et familiale, assistant social ou éducateur spécialisé.',
    max: 5000,
    regle: 'ASGL-QUAL-04',
  }),
  engagementSimple: engagement('une rencontre par semaine au moins, à domicile, par mesure simple', 'ASGL-QUAL-01'),
  engagementRenforcee: engagement(
    'trois rencontres par semaine au moins, dont une à domicile, par mesure renforcée',
    'ASGL-QUAL-02',
  ),
  astreinte: champ.texte({
    libelle: 'Astreinte téléphonique proposée hors des horaires de travail',
    max: 2000,
    regle: 'ASGL-QUAL-03',
  }),
  appuis: champ.texte({
    libelle: 'Appuis complémentaires : mission locale, psychologue, technicien de l’intervention sociale et familiale',
    max: 2000,
    regle: 'ASGL-QUAL-05',
    facultatif: true,
  }),
  volumetrie: champ.lignes(
    {
      territoire: champ.texte({ libelle: 'Code du territoire', max: 60, regle: 'ASGL-PORT-03' }),
      simples: mesures('Mesures simples', 'ASGL-FIN-02'),
      renforcees: mesures('Mesures renforcées', 'ASGL-FIN-03'),
    },
    {
      libelle: 'Mesures proposées, par territoire et par niveau',
      aide: 'Une ligne par territoire de la candidature.',
      min: 1,
      max: 50,
      regle: 'ASGL-PORT-03',
    },
  ),
  depensesPrevues: plan.prevues({
    libelle: 'Dépenses prévues',
    regle: 'ASGL-FIN-04',
    regleNatures: 'ASGL-FIN-04',
  }),
  montantDemande: champ.montant({
    libelle: 'Participation demandée au Département',
    unite: '€',
    min: '0.01',
    regle: 'ASGL-FIN-01',
  }),
  contactNom: champ.texte({ libelle: 'Personne à contacter', max: 200, nominatif: true }),
  contactCourriel: champ.courriel({ libelle: 'Courriel de la personne à contacter', nominatif: true }),
};

/** What the convention commits to. */
export const termesConvention = {
  mesuresSimples: mesures('Mesures simples', 'ASGL-FIN-02'),
  mesuresRenforcees: mesures('Mesures renforcées', 'ASGL-FIN-03'),
  budgetAdopte: champBudgetAdopte,
};

const MOTIFS_DE_SORTIE = {
  AUTONOMIE: 'Autonomie dans le logement',
  EXPULSION: 'Expulsion',
  INITIATIVE_DU_JEUNE: 'Fin de l’accompagnement à l’initiative du jeune',
  AUTRE: 'Autre motif',
} as const;

/** The needs that the text names, as lines of diagnosis (ASGL-QUAL-07). */
const BESOINS = {
  ACCOMPAGNEMENT_GLOBAL: 'Accompagnement global',
  SOLVABILISATION: 'Solvabilisation, à l’entrée et dans le logement',
  PRODUIT_LOGEMENT: 'Produit logement adapté : typologie, localisation, charges lissées',
  EMPLOI_ET_LOGEMENT: 'Action conjointe sur l’emploi et le logement',
} as const;

/** What the porteur hands in at the end; references and counts, never a name (ASGL-BIL-03). */
export const champsBilan = {
  mesures: lignesDeMesures(
    { SIMPLE: 'Mesure simple', RENFORCEE: 'Mesure renforcée' },
    { libelle: 'Mesures réalisées', regle: 'ASGL-PAY-02' },
  ),
  depensesEncourues: plan.encourues({
    libelle: 'Dépenses payées',
    regle: 'ASGL-FIN-04',
    regleNatures: 'ASGL-FIN-04',
  }),
  jeunesAccompagnes: champ.entier({ libelle: 'Jeunes accompagnés', unite: 'jeunes', regle: 'ASGL-IND-02' }),
  frequence: champ.texte({ libelle: 'Fréquence des interventions', max: 5000, regle: 'ASGL-IND-02' }),
  thematiques: champ.texte({ libelle: 'Thématiques travaillées', max: 5000, regle: 'ASGL-IND-03' }),
  besoins: champ.lignes(
    {
      besoin: champ.choix(BESOINS, { libelle: 'Besoin', regle: 'ASGL-QUAL-07' }),
      jeunes: champ.entier({ libelle: 'Jeunes concernés', unite: 'jeunes', min: 1, max: 2000 }),
    },
    {
      libelle: 'Besoins travaillés, par jeune concerné',
      aide: 'Un jeune peut compter pour plusieurs besoins.',
      regle: 'ASGL-QUAL-07',
    },
  ),
  partenariats: champ.texte({ libelle: 'Partenariats sollicités', max: 5000, regle: 'ASGL-IND-04' }),
  sorties: champ.lignes(
    {
      motif: champ.choix(MOTIFS_DE_SORTIE, { libelle: 'Motif de sortie' }),
      jeunes: champ.entier({ libelle: 'Jeunes sortis', unite: 'jeunes', min: 1, max: 2000 }),
    },
    { libelle: 'Sorties, par motif', regle: 'ASGL-IND-05' },
  ),
  analyse: champ.texte({
    libelle: 'Éléments qualitatifs pour la stratégie départementale',
    max: 10_000,
    regle: 'ASGL-BIL-03',
  }),
};
