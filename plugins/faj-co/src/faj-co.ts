import { avance, budgetAdopte, definirDispositif, pasPlusQueDemande, solde } from '@sillage/dispositif-kit';
import { champsBilan } from './bilan.champs.js';
import { champsCandidature } from './candidature.champs.js';
import { depensesDuDossier, plafondConvention, postesDeroges, termesConvention } from './convention.js';
import {
  agesDesParticipants,
  depensesDeLaPeriode,
  finPendantLaConvention,
  montantDu,
  objectifsDuDossier,
} from './du.js';
import { parametres } from './parametres.js';
import { pieces } from './pieces.js';
import * as recevabilite from './recevabilite.js';

/** FAJ Co: collective projects built with young people, for their autonomy (docs/regles.md, section 6). */
export const fajCo = definirDispositif({
  code: 'faj-co',
  libelle: 'Fonds d’aide aux jeunes collectifs (FAJ Co)',
  description:
    'Soutenir des projets collectifs, concrets et éphémères, construits avec et pour les jeunes de 18 à 25 ans, pour leur autonomie et leur insertion.',
  version: '2026.1',
  textes: ['Appel à projets 2026 « Fonds d’aide aux jeunes collectifs », axe 4 : parcours inclusion jeunes'],
  prefixeRegles: 'FAJCO',
  familles: ['ELIG', 'PORT', 'TERR', 'CAL', 'FIN', 'PAY', 'PIECE', 'BIL', 'IND', 'QUAL'],
  parametres,
  appels: [
    {
      code: 'faj-co-2026',
      libelle: 'Appel à projets FAJ Co 2026',
      ouverture: '2026-01-12',
      cloture: '2026-09-15',
      regle: 'FAJCO-CAL-01',
    },
  ],
  candidature: {
    regleFenetre: 'FAJCO-CAL-02',
    regleTerritoires: 'FAJCO-TERR-01',
    champs: champsCandidature,
    recevabilite: [
      {
        regle: 'FAJCO-WF-02',
        libelle: 'Le SLAI de chaque territoire est contacté ; un avis défavorable est à confirmer',
        decider: recevabilite.contactsDesSlai,
      },
      {
        regle: 'FAJCO-FIN-01',
        libelle: 'La demande est couverte par les dépenses',
        decider: recevabilite.demandeCouverteParLesDepenses,
      },
      {
        regle: 'FAJCO-FIN-03',
        libelle: 'Aucun poste, sauf projet exceptionnel d’innovation',
        decider: recevabilite.posteJustifie,
      },
      {
        regle: 'FAJCO-WF-06',
        libelle: 'Un poste est validé par la DPID, nommément',
        decider: recevabilite.derogationDeLaDpid,
      },
      {
        regle: 'FAJCO-PIECE-03',
        libelle: 'Chaque dépense externe a son devis signé, ou une dispense',
        decider: recevabilite.devisSignes,
      },
      {
        regle: 'FAJCO-ELIG-01',
        libelle: 'Les jeunes pressentis ont de 18 à 25 ans, ou de 16 à 17 en parcours',
        decider: recevabilite.agesDuPublic,
      },
      {
        regle: 'FAJCO-ELIG-04',
        libelle: 'Les 16-17 ans sont dans un parcours validé et justifié',
        decider: recevabilite.mineursEnParcours,
      },
      {
        regle: 'FAJCO-ELIG-06',
        libelle: 'Le projet est collectif, ou confirmé',
        decider: recevabilite.projetCollectif,
      },
      {
        regle: 'FAJCO-ELIG-08',
        libelle: 'Les thématiques sont distinctes',
        decider: recevabilite.thematiquesDistinctes,
      },
      {
        regle: 'FAJCO-PORT-06',
        libelle: 'Une action poursuivie a un plan de cofinancement',
        decider: recevabilite.cofinancementDeLaSuite,
      },
      { regle: 'FAJCO-CAL-03', libelle: 'Les dates de l’action se suivent', decider: recevabilite.datesDeLAction },
    ],
    avis: ['SLAI'],
    continuite: {
      suite: 'suiteDe',
      titre: 'intitule',
      mois: 'dureeMax',
      exercices: 'exercicesMax',
      regle: 'FAJCO-ELIG-11',
    },
  },
  convention: {
    termes: termesConvention,
    dureeMax: 'dureeMax',
    plafond: plafondConvention,
    controles: [
      pasPlusQueDemande('AMB-175'),
      {
        regle: 'FAJCO-FIN-01',
        libelle: 'Les dépenses conventionnées sont celles du dossier',
        decider: depensesDuDossier,
      },
      { regle: 'FAJCO-WF-06', libelle: 'Les postes sont ceux que la dérogation admet', decider: postesDeroges },
      budgetAdopte(),
    ],
    pasAvantLeDepot: 'AMB-046',
    regles: { duree: 'FAJCO-ELIG-11', plafond: 'FAJCO-FIN-04' },
  },
  // FAJCO-BIL-04: the only report; no suivi is asked for before it.
  bilan: {
    regle: 'FAJCO-DEL-01',
    champs: champsBilan,
    controles: [
      { regle: 'FAJCO-DEL-01', libelle: 'L’action a fini pendant la convention', decider: finPendantLaConvention },
      {
        regle: 'FAJCO-ELIG-01',
        libelle: 'Les participants ont eu de 16 à 25 ans à leur inscription',
        decider: agesDesParticipants,
      },
      { regle: 'FAJCO-BIL-01', libelle: 'Chaque objectif du dossier est rendu', decider: objectifsDuDossier },
      {
        regle: 'FAJCO-PIECE-05',
        libelle: 'Les dépenses sont de la période conventionnée',
        decider: depensesDeLaPeriode,
      },
    ],
  },
  pieces,
  versements: [
    avance({ taux: 'tauxAvance', a: 'CONVENTION_SIGNEE', regle: 'FAJCO-PAY-01' }),
    solde({ a: 'BILAN_CONFIRME', regle: 'FAJCO-PAY-02', du: montantDu }),
  ],
  echeances: [
    {
      code: 'FAJCO_BILAN_FINAL',
      libelle: 'Bilan final remis',
      depuis: 'Fin effective de l’action',
      dans: 'delaiBilan',
      regle: 'FAJCO-DEL-01',
    },
  ],
  indicateurs: [
    {
      code: 'FAJCO_OBJECTIFS',
      libelle: 'Objectifs atteints, rapportés aux objectifs projetés',
      unite: 'objectifs',
      regle: 'FAJCO-IND-01',
    },
    {
      code: 'FAJCO_PARTICIPANTS',
      libelle: 'Participants, par âge, territoire et commune',
      unite: 'jeunes',
      regle: 'FAJCO-IND-02',
    },
    { code: 'FAJCO_PRESENCES', libelle: 'Présences émargées', unite: 'présences', regle: 'FAJCO-IND-02' },
    {
      code: 'FAJCO_SUITES',
      libelle: 'Suites de parcours : insertion, formation, participation citoyenne',
      unite: 'jeunes',
      regle: 'FAJCO-IND-03',
    },
  ],
});
