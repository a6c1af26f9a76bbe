import {
  champ,
  champBudgetAdopte,
  champMotifDeSortie,
  champsBailleur,
  naturesLogement,
  planDeFinancement,
} from '@sillage/dispositif-kit';

/** Equipment, and other kinds: the text gives none (AMB-096). */
export const plan = planDeFinancement(naturesLogement('SOLLOG-FIN-02'));

const engagement = (libelle: string, regle: string) =>
  champ.booleen({ libelle: `Engagement : ${libelle}`, regle, exige: true });

export const champsCandidature = {
  intitule: champ.texte({ libelle: 'Intitulé du projet', max: 200 }),
  ...champsBailleur('SOLLOG-PORT-01'),
  reseau: champ.texte({
    libelle: 'Inscription dans le réseau territorial et départemental',
    max: 5000,
    regle: 'SOLLOG-PORT-02',
  }),
  zonesBlanches: champ.texte({ libelle: 'Couverture des « zones blanches »', max: 5000, regle: 'SOLLOG-PORT-02' }),
  liensSlisl: champ.texte({
    libelle: 'Liens avec les SLISL des territoires d’intervention',
    max: 5000,
    regle: 'SOLLOG-TERR-01',
  }),
  offre: champ.texte({
    libelle: 'Offre de logements : réactivité, typologies, localisation, pré-équipement, charges et loyers',
    max: 10_000,
    regle: 'SOLLOG-QUAL-01',
  }),
  besoins: champ.texte({
    libelle: 'Réponse aux besoins : accompagnement global, solvabilisation, logement adapté',
    max: 10_000,
    regle: 'SOLLOG-QUAL-02',
  }),
  engagementPublic: engagement(
    'des jeunes précaires de 18 à 24 ans, autonomes ou accompagnés, dont ceux en rupture familiale ou passés par l’ASE',
    'SOLLOG-ELIG-02',
  ),
  engagementAccompagnement: engagement(
    'une autonomie suffisante, ou un accompagnement social global adapté',
    'SOLLOG-ELIG-03',
  ),
  engagementEtude: engagement('chaque demande est étudiée, puis présentée en CAL', 'SOLLOG-WF-04'),
  engagementInformation: engagement(
    'après l’accord de la CAL, le jeune, son référent, le Chef SLISL et le SPSLH sont informés avant l’entrée',
    'SOLLOG-WF-05',
  ),
  engagementFilDeLEau: engagement(
    'chaque entrée et chaque sortie est dite au fil de l’eau au Chef SLISL et au SPSLH',
    'SOLLOG-WF-07',
  ),
  engagementInstances: engagement('participer aux instances de pilotage', 'SOLLOG-WF-08'),
  engagementTableau: engagement('un tableau mensuel au Chef SLISL et au SPSLH', 'SOLLOG-DEL-01'),
  engagementReporting: engagement('un tableau de reporting des dossiers montés et de leur suivi', 'SOLLOG-BIL-01'),
  objectifJeunes: champ.entier({
    libelle: 'Jeunes à loger',
    aide: 'L’objectif est de 30 jeunes au moins pour l’ensemble du Département.',
    unite: 'jeunes',
    min: 1,
    max: 2000,
    regle: 'SOLLOG-IND-01',
  }),
  depensesPrevues: plan.prevues({ libelle: 'Dépenses prévues', regle: 'SOLLOG-FIN-02', regleNatures: 'AMB-096' }),
  montantDemande: champ.montant({
    libelle: 'Participation demandée au Département',
    unite: '€',
    min: '0.01',
    regle: 'SOLLOG-FIN-01',
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
    regle: 'SOLLOG-IND-01',
  }),
  budgetAdopte: champBudgetAdopte,
};

/** What the porteur hands in at the end; counts only, never a name (SOLLOG-BIL-02). */
export const champsBilan = {
  montantUtilise: champ.montant({ libelle: 'Montant utilisé de la participation', unite: '€', regle: 'SOLLOG-IND-02' }),
  montantRestant: champ.montant({ libelle: 'Solde restant de la participation', unite: '€', regle: 'SOLLOG-IND-02' }),
  depensesEncourues: plan.encourues({
    libelle: 'Dépenses payées, équipements par type',
    regle: 'SOLLOG-IND-04',
    regleNatures: 'AMB-096',
  }),
  entrees: champ.lignes(
    {
      territoire: champ.texte({ libelle: 'Territoire', max: 100 }),
      commune: champ.texte({ libelle: 'Commune du logement', max: 100, regle: 'AMB-156' }),
      menages: champ.entier({ libelle: 'Ménages', unite: 'ménages', min: 1, max: 2000, regle: 'SOLLOG-IND-03' }),
      jeunes: champ.entier({ libelle: 'Jeunes titulaires', unite: 'jeunes', min: 1, max: 4000, regle: 'AMB-151' }),
    },
    { libelle: 'Entrées en logement, par territoire et par commune', regle: 'SOLLOG-IND-03' },
  ),
  logementsPreEquipes: champ.entier({
    libelle: 'Nouveaux logements pré-équipés',
    unite: 'logements',
    regle: 'SOLLOG-IND-04',
  }),
  sorties: champ.lignes(
    {
      motif: champMotifDeSortie('SOLLOG-IND-06'),
      menages: champ.entier({ libelle: 'Ménages', unite: 'ménages', min: 1, max: 2000, regle: 'SOLLOG-IND-05' }),
      precision: champ.texte({
        libelle: 'Précision, pour un autre motif',
        max: 300,
        regle: 'AMB-158',
        facultatif: true,
      }),
    },
    { libelle: 'Ménages ayant quitté le logement, par motif', regle: 'SOLLOG-IND-05' },
  ),
  partenaires: champ.entier({
    libelle: 'Partenaires distincts du champ du logement mobilisés',
    unite: 'partenaires',
    regle: 'SOLLOG-IND-07',
  }),
  freins: champ.texte({ libelle: 'Analyse qualitative des freins', max: 10_000, regle: 'SOLLOG-BIL-02' }),
};
