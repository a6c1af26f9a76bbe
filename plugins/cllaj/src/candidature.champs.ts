import { champ, champBudgetAdopte } from '@sillage/dispositif-kit';
import { plan } from './plan.js';

const texte = (libelle: string, regle: string, max = 5000) => champ.texte({ libelle, max, regle });
const engagement = (libelle: string, regle: string) =>
  champ.booleen({ libelle: `Engagement : ${libelle}`, regle, exige: true });

export const TYPES_ACTION = {
  PERMANENCE: 'Nouvelle permanence',
  ATELIER: 'Nouvel atelier collectif',
  ALLER_VERS: 'Nouveau mode d’aller-vers',
  ACCOMPAGNEMENT: 'Nouvelle modalité d’accompagnement',
} as const;

/** What an action is, whether it is proposed or done. */
export const champsAction = {
  type: champ.choix(TYPES_ACTION, { libelle: 'Type d’action', regle: 'CLLAJ-WF-01' }),
  intitule: champ.texte({ libelle: 'Intitulé', max: 200 }),
  territoire: champ.texte({ libelle: 'Code du territoire', max: 60, regle: 'CLLAJ-TERR-01' }),
  commune: champ.texte({ libelle: 'Commune', max: 100, regle: 'AMB-138' }),
  rural: champ.booleen({ libelle: 'En milieu rural', regle: 'CLLAJ-WF-01' }),
  ouverture: champ.date({ libelle: 'Date d’ouverture', regle: 'CLLAJ-WF-02' }),
};

/** What a CLLAJ fills in. The territories are asked by the core, for every dispositif. */
export const champsCandidature = {
  intitule: champ.texte({ libelle: 'Intitulé du projet', max: 200 }),
  formeJuridique: champ.choix(
    { ASSOCIATION: 'Association', MISSION_LOCALE: 'Mission locale', EPCI: 'EPCI' },
    { libelle: 'Forme juridique du CLLAJ', regle: 'CLLAJ-PORT-01' },
  ),
  reseau: texte('Inscription dans le réseau territorial et départemental', 'CLLAJ-PORT-02'),
  experience: texte('Expérience dans l’accompagnement proposé', 'CLLAJ-PORT-02'),
  innovation: texte('Caractère innovant des méthodes', 'CLLAJ-PORT-02'),
  perimetre: texte('Périmètre actuel d’intervention : communes', 'CLLAJ-TERR-01', 20_000),
  missions: texte('Missions classiques du CLLAJ, que l’expérimentation complète', 'CLLAJ-QUAL-01'),
  engagementPublic: engagement(
    'l’action est ouverte à tous les jeunes de 16 à 30 ans, du territoire ou venant s’y installer',
    'CLLAJ-ELIG-02',
  ),
  grandePrecarite: texte('Services à destination des jeunes en grande précarité', 'CLLAJ-ELIG-03'),
  engagementNouveaute: engagement('les actions sont nouvelles', 'CLLAJ-ELIG-04'),
  actions: champ.lignes(champsAction, {
    libelle: 'Actions proposées',
    aide: 'De nouvelles permanences, notamment rurales, de nouveaux ateliers et de nouveaux modes d’aller-vers ou d’accompagnement.',
    min: 1,
    max: 100,
    regle: 'CLLAJ-WF-01',
  }),
  guichetUnique: texte('Développement du guichet unique', 'CLLAJ-WF-03'),
  engagementInformation: engagement('le chef du SLISL et le SPSLH sont informés au fil de l’eau', 'CLLAJ-WF-02'),
  engagementReporting: engagement(
    'un tableau de reporting est tenu au fil de l’eau, et fourni au Département à sa demande',
    'CLLAJ-BIL-01',
  ),
  orientation: texte('Orientation vers les dispositifs d’accès au logement', 'CLLAJ-ROLE-01'),
  jeunesVises: champ.entier({ libelle: 'Jeunes visés', unite: 'jeunes', min: 1, max: 20_000, regle: 'AMB-100' }),
  depensesPrevues: plan.prevues({
    libelle: 'Dépenses prévues',
    regle: 'CLLAJ-FIN-02',
    regleNatures: 'CLLAJ-FIN-02',
  }),
  cofinancements: champ.montant({
    libelle: 'Crédits de l’État et autres financements des mêmes dépenses',
    unite: '€',
    regle: 'AMB-101',
    facultatif: true,
  }),
  montantDemande: champ.montant({
    libelle: 'Participation demandée au Département',
    unite: '€',
    min: '0.01',
    regle: 'CLLAJ-FIN-01',
  }),
  contactNom: champ.texte({ libelle: 'Personne à contacter', max: 200, nominatif: true }),
  contactCourriel: champ.courriel({ libelle: 'Courriel de la personne à contacter', nominatif: true }),
};

const nombre = (libelle: string, unite: string, regle: string) => champ.entier({ libelle, unite, max: 20_000, regle });

/** What the convention commits to. */
export const termesConvention = {
  permanences: nombre('Nouvelles permanences', 'permanences', 'CLLAJ-WF-01'),
  ateliers: nombre('Nouveaux ateliers collectifs', 'ateliers', 'CLLAJ-WF-01'),
  jeunesVises: nombre('Jeunes visés', 'jeunes', 'AMB-100'),
  budgetAdopte: champBudgetAdopte,
};
