import { champ, champBudgetAdopte } from '@sillage/dispositif-kit';
import { plan } from './plan.js';

const engagement = (libelle: string, regle: string) =>
  champ.booleen({ libelle: `Engagement : ${libelle}`, regle, exige: true });

const jeunes = (libelle: string, regle: string, min = 0) =>
  champ.entier({ libelle, unite: 'jeunes', min, max: 2000, regle });

/** What a porteur fills in. The territories are asked by the core, for every dispositif. */
export const champsCandidature = {
  intitule: champ.texte({ libelle: 'Intitulé du projet', max: 200 }),
  associationLoi1901: champ.booleen({ libelle: 'Le porteur est une association loi 1901', regle: 'GRAINE-PORT-01' }),
  labelE2c: champ.texte({
    libelle: 'Référence du label « École de la deuxième chance »',
    aide: 'Obligatoire si le porteur n’est pas une association loi 1901.',
    max: 200,
    regle: 'GRAINE-PORT-01',
    facultatif: true,
  }),
  presentation: champ.texte({
    libelle: 'Présentation du projet, au regard des objectifs',
    aide: 'Métiers en tension, compétences, accès aux dispositifs, adhésion à un parcours, entrée au RSA évitée.',
    max: 10_000,
    regle: 'GRAINE-QUAL-04',
  }),
  reperage: champ.texte({
    libelle: 'Repérage des jeunes en risque d’exclusion, et orientation vers un parcours adapté',
    aide: 'La « prévention des ruptures de parcours » : un accompagnement et une formation qui leur conviennent.',
    max: 10_000,
    regle: 'GRAINE-QUAL-06',
  }),
  parcours: champ.texte({
    libelle: 'Contenu du parcours : accompagnement, remise à niveau, métiers, compétences',
    max: 10_000,
    regle: 'GRAINE-QUAL-03',
  }),
  accompagnement: champ.texte({
    libelle: 'Accompagnement à la carte, co-construit, avec des phases en autonomie',
    max: 10_000,
    regle: 'GRAINE-QUAL-02',
  }),
  attentionMineurs: champ.texte({
    libelle: 'Attention portée aux 16-18 ans',
    max: 5000,
    regle: 'GRAINE-ELIG-02',
  }),
  liensSlai: champ.texte({
    libelle: 'Liens avec les SLAI des territoires d’intervention',
    max: 5000,
    regle: 'GRAINE-TERR-01',
  }),
  partenariats: champ.texte({ libelle: 'Réseau et partenariats', max: 5000, regle: 'GRAINE-QUAL-05' }),
  ateliers: champ.lignes(
    {
      territoire: champ.texte({ libelle: 'Code du territoire', max: 60, regle: 'GRAINE-WF-05' }),
      secteur: champ.texte({ libelle: 'Secteur en tension', max: 200, regle: 'GRAINE-WF-05' }),
      atelier: champ.texte({ libelle: 'Atelier « graine de »', max: 200, regle: 'GRAINE-WF-05' }),
      valideLe: champ.date({
        libelle: 'Validation conjointe en CLPE, le',
        regle: 'GRAINE-WF-05',
        quand: 'PASSE_RECENT',
      }),
    },
    { libelle: 'Ateliers, sur des secteurs validés en CLPE', max: 100, regle: 'GRAINE-WF-05' },
  ),
  places: champ.lignes(
    {
      territoire: champ.texte({ libelle: 'Code du territoire', max: 60, regle: 'GRAINE-FIN-06' }),
      places: champ.entier({ libelle: 'Places demandées', unite: 'places', min: 1, max: 2000, regle: 'GRAINE-FIN-06' }),
    },
    {
      libelle: 'Places d’accompagnement demandées, par territoire',
      aide: 'Une ligne par territoire de la candidature. La répartition est décidée par les services du Département.',
      min: 1,
      max: 50,
      regle: 'GRAINE-FIN-06',
    },
  ),
  objectifRaccroches: jeunes('Objectif : jeunes raccrochés, avec fiche de prescription', 'GRAINE-IND-01', 1),
  objectifSorties: jeunes('Objectif : sorties positives', 'GRAINE-IND-02'),
  depensesDirectes: plan.prevues({
    libelle: 'Dépenses directes prévues',
    regle: 'GRAINE-FIN-01',
    regleNatures: 'GRAINE-FIN-03',
  }),
  depensesIndirectes: champ.montant({
    libelle: 'Charges indirectes (forfait de 20 % des dépenses directes)',
    aide: 'Laissez vide : le forfait est calculé.',
    unite: '€',
    regle: 'GRAINE-FIN-04',
    facultatif: true,
  }),
  montantDemande: champ.montant({
    libelle: 'Participation demandée au Département',
    unite: '€',
    min: '0.01',
    regle: 'GRAINE-FIN-05',
  }),
  engagementPublic: engagement(
    'des jeunes de 16 à 25 ans, en décrochage scolaire ou ni en emploi, ni en éducation, ni en formation',
    'GRAINE-ELIG-03',
  ),
  engagementInsertion: engagement(
    'des jeunes qui relèvent des services de l’insertion, ce que le SLAI constate',
    'GRAINE-ELIG-04',
  ),
  engagementAccord: engagement('aucun parcours n’est proposé sans l’accord du SLAI', 'GRAINE-WF-06'),
  engagementPrescription: engagement(
    'aucune entrée, aucune session avant la fiche de prescription validée par le SLAI',
    'GRAINE-WF-07',
  ),
  engagementContacts: engagement('des échanges avec le SLAI avant, pendant et à la fin', 'GRAINE-WF-08'),
  engagementFicheBilan: engagement('une fiche bilan transmise au SLAI pour validation', 'GRAINE-WF-09'),
  engagementOrientation: engagement(
    'en cas d’abandon ou d’arrêt, une orientation vers un coordo ASE ou un coach jeunesse, avec sa fiche validée',
    'GRAINE-WF-10',
  ),
  engagementConfidentialite: engagement('un entretien individuel dans un espace confidentiel', 'GRAINE-QUAL-01'),
  engagementComites: engagement('un comité de suivi par trimestre, avec le SLAI et le SRCPB', 'GRAINE-BIL-01'),
  engagementTableau: engagement('un tableau de bord à jour, transmis avant chaque comité', 'GRAINE-BIL-02'),
  contactNom: champ.texte({ libelle: 'Personne à contacter', max: 200, nominatif: true }),
  contactCourriel: champ.courriel({ libelle: 'Courriel de la personne à contacter', nominatif: true }),
};

/** What the convention commits to; the places are granted by the Département's decision, not by a formula. */
export const termesConvention = {
  places: champ.entier({
    libelle: 'Places d’accompagnement accordées',
    unite: 'places',
    min: 1,
    max: 2000,
    regle: 'GRAINE-FIN-06',
  }),
  objectifRaccroches: jeunes('Objectif : jeunes raccrochés, avec fiche de prescription', 'GRAINE-IND-01', 1),
  objectifSorties: jeunes('Objectif : sorties positives', 'GRAINE-IND-02'),
  budgetAdopte: champBudgetAdopte,
};
