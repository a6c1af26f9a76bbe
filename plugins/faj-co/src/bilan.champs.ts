import { champ } from '@sillage/dispositif-kit';
import { PORTEES } from './candidature.champs.js';
import { plan } from './plan.js';

const texte = (libelle: string, regle: string) => champ.texte({ libelle, max: 10_000, regle });
const jeunes = champ.entier({ libelle: 'Jeunes', unite: 'jeunes', min: 1, max: 2000 });

/** FAJCO-BIL-01: what was reached, with the sheets that were signed; counts only, never a name. */
const quantitatif = {
  finEffective: champ.date({
    libelle: 'Dernier jour effectif de l’action',
    regle: 'FAJCO-DEL-01',
    quand: 'PASSE_RECENT',
  }),
  objectifs: champ.lignes(
    {
      objectif: champ.texte({ libelle: 'Objectif, tel que le dossier l’écrit', max: 300 }),
      portee: champ.choix(PORTEES, { libelle: 'Portée' }),
      realise: champ.entier({ libelle: 'Réalisé' }),
      atteint: champ.booleen({ libelle: 'Atteint' }),
      commentaire: champ.texte({ libelle: 'Commentaire', max: 2000, facultatif: true }),
    },
    { libelle: 'Objectifs, atteints ou non', min: 1, max: 30, regle: 'FAJCO-BIL-01' },
  ),
  participants: champ.lignes(
    {
      territoire: champ.texte({ libelle: 'Territoire', max: 100 }),
      commune: champ.texte({ libelle: 'Commune', max: 100 }),
      age: champ.entier({ libelle: 'Âge révolu à l’inscription', unite: 'ans', max: 120 }),
      jeunes,
      presences: champ.entier({ libelle: 'Présences émargées, en tout', unite: 'présences' }),
    },
    { libelle: 'Participants, par commune et par âge', min: 1, max: 200, regle: 'FAJCO-IND-02' },
  ),
  emargements: champ.texte({ libelle: 'Références des feuilles d’émargement', max: 5000, regle: 'FAJCO-PIECE-04' }),
};

/** FAJCO-BIL-02: how it went, and where it led. */
const qualitatif = {
  deroulement: texte('Déroulement de l’action', 'FAJCO-BIL-02'),
  suites: champ.lignes(
    {
      suite: champ.choix(
        {
          INSERTION: 'Démarche d’insertion ou emploi',
          FORMATION: 'Formation ou reprise d’études',
          CITOYENNETE: 'Participation citoyenne',
          AUTRE: 'Autre suite',
        },
        { libelle: 'Suite de parcours' },
      ),
      jeunes,
    },
    { libelle: 'Suites de parcours', max: 20, regle: 'FAJCO-IND-03' },
  ),
  suitesDeParcours: texte('Suites de parcours pour les jeunes', 'FAJCO-BIL-02'),
  partenaires: texte('Lien avec les partenaires', 'FAJCO-BIL-02'),
  restitutionLe: champ.date({ libelle: 'Date du temps de restitution', regle: 'FAJCO-WF-05', quand: 'PASSE_RECENT' }),
  restitution: texte('Temps de restitution avec les jeunes et les partenaires', 'FAJCO-WF-05'),
};

/** What the porteur hands in once the action is over, and the SLAI confirms. */
export const champsBilan = {
  ...quantitatif,
  ...qualitatif,
  depensesEncourues: plan.encouruesSurPeriode({
    libelle: 'Bilan financier : dépenses payées, sur factures acquittées',
    regle: 'FAJCO-PIECE-05',
    regleNatures: 'FAJCO-FIN-01',
    reglePeriode: 'FAJCO-PIECE-05',
  }),
};
