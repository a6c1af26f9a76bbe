import { champ } from '@sillage/dispositif-kit';
import { plan } from './plan.js';

const texte = (libelle: string, regle: string, max = 5000) => champ.texte({ libelle, max, regle });
const engagement = (libelle: string, regle: string) =>
  champ.booleen({ libelle: `Engagement : ${libelle}`, regle, exige: true });

export const PARCOURS = {
  APPRENTISSAGE: 'Apprentissage',
  PACEA: 'PACEA',
  CEJ: 'Contrat d’engagement jeune',
  AUTRE: 'Autre parcours d’insertion professionnelle, à valider par le SLAI',
} as const;

export const PORTEES = { INDIVIDUEL: 'Objectif individuel', COLLECTIF: 'Objectif collectif' } as const;

/** The project: who it is for and why (FAJCO-ELIG, FAJCO-QUAL). */
const projet = {
  intitule: champ.texte({ libelle: 'Intitulé de l’action', max: 200 }),
  suiteDe: champ.texte({
    libelle: 'Numéro de la candidature que cette action poursuit',
    aide: 'Une action déjà financée par le FAJ Co : le numéro de sa candidature précédente, par exemple CAND-2026-00012. Laissez vide pour une action nouvelle.',
    max: 40,
    regle: 'FAJCO-ELIG-11',
    facultatif: true,
  }),
  thematiques: champ.lignes(
    {
      thematique: champ.choix(
        {
          CITOYENNETE: 'Citoyenneté et participation',
          CULTURE: 'Culture et ouverture sur le monde',
          SPORT: 'Sport et bien-être',
          ECOLOGIE: 'Écologie et transition environnementale',
          EXPRESSION: 'Parole et expression des jeunes',
          LOISIRS: 'Loisirs éducatifs, cohésion et mixité sociale',
        },
        { libelle: 'Thématique', regle: 'FAJCO-ELIG-08' },
      ),
    },
    { libelle: 'Thématiques, une au moins', min: 1, max: 6, regle: 'FAJCO-ELIG-08' },
  ),
  besoins: texte('Diagnostic territorial et besoins repérés', 'FAJCO-ELIG-07', 10_000),
  evolution: texte('Accompagnement individuel ou collectif, et évolution attendue', 'FAJCO-ELIG-07'),
  pouvoirDAgir: texte('Pouvoir d’agir, citoyenneté, ouverture', 'FAJCO-ELIG-07'),
  coConstruction: texte('Construction avec les jeunes, dès l’émergence', 'FAJCO-WF-01'),
  impact: texte('Impact concret et rapide sur le parcours des jeunes', 'FAJCO-ELIG-09'),
  nouveaute: texte('Ce que l’action initie ou teste', 'FAJCO-ELIG-10'),
  finalite: texte('Jeunes acteurs de leur parcours, apprentissage par l’expérience', 'FAJCO-QUAL-04'),
  innovation: champ.texte({
    libelle: 'Innovation sociale',
    aide: 'Un critère d’appréciation, jamais éliminatoire (AMB-008).',
    max: 5000,
    regle: 'FAJCO-QUAL-03',
    facultatif: true,
  }),
  resultatsJeunes: texte('Résultats attendus pour les jeunes', 'FAJCO-QUAL-01'),
  resultatsStructures: texte('Résultats attendus pour les structures', 'FAJCO-QUAL-02'),
  objectifs: champ.lignes(
    {
      objectif: champ.texte({ libelle: 'Objectif', max: 300 }),
      portee: champ.choix(PORTEES, { libelle: 'Portée' }),
      cible: champ.entier({ libelle: 'Cible' }),
      unite: champ.texte({ libelle: 'Unité de la cible', max: 60 }),
    },
    { libelle: 'Objectifs projetés', min: 1, max: 30, regle: 'FAJCO-IND-01' },
  ),
};

/** Those it is for: ages and paths in numbers, nobody's name (AMB-006, FAJCO-DATA-01). */
const publicVise = {
  jeunesPrevus: champ.entier({
    libelle: 'Jeunes participants prévus',
    unite: 'jeunes',
    min: 1,
    regle: 'FAJCO-ELIG-06',
  }),
  jeunesPressentis: champ.lignes(
    {
      age: champ.entier({ libelle: 'Âge révolu au jour du dépôt', unite: 'ans', max: 120, regle: 'FAJCO-ELIG-01' }),
      jeunes: champ.entier({ libelle: 'Jeunes', unite: 'jeunes', min: 1, max: 2000 }),
      parcours: champ.choix(PARCOURS, {
        libelle: 'Parcours d’insertion professionnelle validé',
        regle: 'FAJCO-ELIG-04',
        facultatif: true,
      }),
      justifie: champ.booleen({
        libelle: 'Le porteur tient le justificatif du parcours',
        regle: 'FAJCO-PIECE-06',
        facultatif: true,
      }),
    },
    {
      libelle: 'Jeunes déjà pressentis, par âge',
      aide: 'Ceux qui rejoignent le groupe ensuite ont leur âge apprécié à leur inscription.',
      max: 60,
      regle: 'AMB-004',
    },
  ),
  engagementPublic: engagement(
    'les participants résident dans le Pas-de-Calais, français ou étrangers en situation régulière, sans copie de titre conservée',
    'FAJCO-ELIG-02',
  ),
  engagementResidence: engagement('la commune de résidence de chaque participant est vérifiée', 'FAJCO-ELIG-03'),
  engagementParticipation: engagement('les jeunes participent à toutes les étapes', 'FAJCO-ELIG-05'),
};

/** The porteur, its means and its partners (FAJCO-PORT, FAJCO-WF, FAJCO-TERR). */
const porteur = {
  expertise: texte('Expertise auprès des 16-25 ans en difficulté, et actions de proximité', 'FAJCO-PORT-01'),
  engagementEtapes: engagement('le porteur assure toutes les étapes, de l’ingénierie au suivi', 'FAJCO-PORT-02'),
  approche: texte('Approche éducative', 'FAJCO-PORT-03'),
  professionnels: texte('Professionnels qualifiés et spécialisés', 'FAJCO-PORT-04'),
  moyens: texte('Moyens humains et matériels, décrits de façon exhaustive', 'FAJCO-PORT-05', 10_000),
  contactsSlai: champ.lignes(
    {
      territoire: champ.texte({ libelle: 'Code du territoire', max: 60, regle: 'FAJCO-TERR-02' }),
      le: champ.date({ libelle: 'Date du contact', quand: 'PASSE_RECENT' }),
      avis: champ.choix(
        { FAVORABLE: 'Favorable', RESERVE: 'Réservé', DEFAVORABLE: 'Défavorable' },
        { libelle: 'Avis du SLAI', regle: 'AMB-108' },
      ),
      preuve: champ.texte({ libelle: 'Référence de la preuve du contact', max: 300, regle: 'FAJCO-PIECE-06' }),
    },
    {
      libelle: 'Contacts avec les SLAI',
      aide: 'Un contact au moins par territoire de la candidature, avant le début de l’action.',
      max: 50,
      regle: 'FAJCO-WF-02',
    },
  ),
  partenariat: texte('Partenariat opérationnel, logistique, mobilisation des participants', 'FAJCO-WF-03'),
  // AMB-046: an action does not begin before its file is deposited.
  debutPrevu: champ.date({ libelle: 'Premier jour prévu de l’action', regle: 'AMB-046', quand: 'A_VENIR' }),
  finPrevue: champ.date({ libelle: 'Dernier jour prévu de l’action', regle: 'FAJCO-CAL-03', quand: 'A_VENIR' }),
  calendrier: texte('Calendrier, animation, sécurité, suivi pédagogique', 'FAJCO-WF-04'),
  engagementRestitution: engagement('un temps de restitution avec les jeunes et les partenaires', 'FAJCO-WF-05'),
};

/** The money: a plan whose external lines rest on signed quotes (FAJCO-FIN, FAJCO-PIECE). */
const financement = {
  depensesPrevues: plan.prevuesSurDevis({
    libelle: 'Annexe au plan de financement : dépenses prévues',
    aide: 'Un devis signé par prestation et par dépense de fonctionnement ; le personnel se justifie par son détail.',
    regle: 'FAJCO-PIECE-02',
    regleNatures: 'FAJCO-FIN-01',
    regleDevis: 'FAJCO-PIECE-03',
  }),
  projetExceptionnel: champ.texte({
    libelle: 'Si un poste est demandé : en quoi le projet est une innovation exceptionnelle',
    max: 5000,
    regle: 'FAJCO-WF-06',
    facultatif: true,
  }),
  etpExistants: champ.montant({
    libelle: 'ETP existants, valorisés sur fonds propres',
    aide: 'Pour information : jamais compté dans les dépenses financées.',
    unite: '€',
    regle: 'FAJCO-FIN-02',
    facultatif: true,
  }),
  cofinancements: champ.texte({
    libelle: 'Autres financements recherchés ou obtenus, hors FAJ Co',
    aide: 'Obligatoire lorsque l’action en poursuit une autre.',
    max: 5000,
    regle: 'FAJCO-PORT-06',
    facultatif: true,
  }),
  montantDemande: champ.montant({
    libelle: 'Participation demandée au Département',
    unite: '€',
    min: '0.01',
    regle: 'FAJCO-FIN-01',
  }),
};

/** What a porteur fills in. The territories are asked by the core, for every dispositif. */
export const champsCandidature = {
  ...projet,
  ...publicVise,
  ...porteur,
  ...financement,
  contactNom: champ.texte({ libelle: 'Personne à contacter', max: 200, nominatif: true }),
  contactCourriel: champ.courriel({ libelle: 'Courriel de la personne à contacter', nominatif: true }),
};
