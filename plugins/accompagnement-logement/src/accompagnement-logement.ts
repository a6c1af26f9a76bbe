import {
  avance,
  budgetAdopte,
  dansLOperation,
  definirDispositif,
  pasPlusQueDemande,
  solde,
} from '@sillage/dispositif-kit';
import { capaciteDeLaConvention, plafondConvention } from './capacite.js';
import { champsBilan, champsCandidature, termesConvention } from './champs.js';
import { mesuresDuBilan, montantDu } from './du.js';
import { nonCalculables } from './non-calculables.js';
import { parametres } from './parametres.js';
import { eligibilite, VALIDATION } from './public.js';
import {
  capacite,
  demandeCouverteParLesDepenses,
  demandeSousLePlafond,
  objectifDepartemental,
  volumetrieParTerritoire,
} from './recevabilite.js';
import { suivis } from './suivis.js';

/** Accompagnement social global logement: simple or reinforced measures, to reach or to keep a home (regles.md, section 12). */
export const accompagnementLogement = definirDispositif({
  code: 'accompagnement-logement',
  libelle: 'Accompagnement social global logement',
  description:
    'Accompagner les jeunes de 18 à 24 ans, par des mesures simples ou renforcées, pour accéder à un logement ou s’y maintenir.',
  version: '2026.1',
  textes: ['Appel à projets 2026 « Accompagnement social global logement », axe 4 : parcours inclusion jeunes'],
  prefixeRegles: 'ASGL',
  familles: ['ELIG', 'PORT', 'TERR', 'CAL', 'WF', 'DEL', 'FIN', 'PAY', 'PIECE', 'BIL', 'IND', 'QUAL'],
  nonCalculables,
  parametres,
  age: { min: 'ageMin', max: 'ageMax', a: VALIDATION, regle: 'ASGL-ELIG-01', interpretation: 'AMB-002' },
  eligibilite,
  appels: [
    {
      code: 'accompagnement-logement-2026',
      libelle: 'Appel à projets Accompagnement social global logement 2026',
      ouverture: '2026-01-12',
      cloture: '2026-02-15',
      regle: 'ASGL-CAL-01',
    },
  ],
  candidature: {
    regleFenetre: 'ASGL-CAL-01',
    regleTerritoires: 'ASGL-TERR-01',
    porteurs: { natures: ['ASSOCIATION'], regle: 'ASGL-PORT-01' },
    champs: champsCandidature,
    recevabilite: [
      {
        regle: 'ASGL-PORT-03',
        libelle: 'Chaque territoire a sa volumétrie, par niveau de mesure',
        decider: volumetrieParTerritoire,
      },
      { regle: 'ASGL-FIN-05', libelle: 'Les mesures tiennent dans l’enveloppe', decider: capacite },
      { regle: 'ASGL-FIN-02', libelle: 'La demande tient sous le plafond des mesures', decider: demandeSousLePlafond },
      {
        regle: 'ASGL-FIN-04',
        libelle: 'La demande est couverte par les dépenses, charges plafonnées',
        decider: demandeCouverteParLesDepenses,
      },
      {
        regle: 'ASGL-IND-01',
        libelle: 'L’objectif de 70 jeunes est atteint, ou confirmé',
        decider: objectifDepartemental,
      },
    ],
    avis: ['SLISL'],
    comparaison: [
      {
        code: 'MESURES',
        libelle: 'Mesures simples et renforcées',
        regle: 'ASGL-PORT-03',
        valeur: ({ volumetrie }) =>
          `${volumetrie.reduce((n, v) => n + v.simples, 0)} simples, ${volumetrie.reduce((n, v) => n + v.renforcees, 0)} renforcées`,
      },
      {
        code: 'EXPERIENCE',
        libelle: 'Réseau, expérience, concertation, innovation',
        regle: 'ASGL-PORT-02',
        attention: true,
        valeur: ({ experience }) => experience,
      },
    ],
  },
  convention: {
    termes: termesConvention,
    dureeMax: 'dureeMax',
    plafond: plafondConvention,
    controles: [
      pasPlusQueDemande('AMB-175'),
      budgetAdopte(),
      { regle: 'ASGL-FIN-05', libelle: 'Les mesures tiennent dans l’enveloppe', decider: capaciteDeLaConvention },
      dansLOperation({ debut: 'debutOperation', fin: 'finOperation', regle: 'ASGL-CAL-02' }),
    ],
    regles: { duree: 'ASGL-CAL-02', plafond: 'ASGL-FIN-02' },
  },
  enveloppe: { montant: 'enveloppe', regle: 'ASGL-FIN-01' },
  bilan: {
    regle: 'ASGL-BIL-03',
    champs: champsBilan,
    controles: [{ regle: 'ASGL-PAY-02', libelle: 'Aucune mesure ne compte deux fois', decider: mesuresDuBilan }],
  },
  pieces: [
    {
      // The Département imposes the models, which the text does not give.
      code: 'ASGL_CONTRATS',
      libelle: 'Contrats avec les jeunes, fiches de saisine, notifications',
      regle: 'ASGL-PIECE-01',
      quand: 'CONVENTION',
      types: ['PDF', 'DOCX', 'ODT'],
      plusieurs: true,
      nominative: true,
    },
    {
      code: 'ASGL_BILANS_SEMESTRIELS',
      libelle: 'Bilans semestriels',
      regle: 'ASGL-PIECE-01',
      quand: 'BILAN',
      types: ['PDF', 'DOCX', 'ODT'],
      plusieurs: true,
      nominative: true,
    },
  ],
  suivis,
  versements: [
    avance({ taux: 'tauxAvance', a: 'CONVENTION_SIGNEE', regle: 'ASGL-PAY-01' }),
    solde({ a: 'BILAN_CONFIRME', regle: 'ASGL-PAY-02', du: montantDu }),
  ],
  echeances: [
    {
      code: 'DEBUT_DE_MESURE',
      libelle: 'Début de la mesure',
      depuis: 'Validation par la commission',
      dans: 'jourDeDebut',
      forme: 'JOUR_DU_MOIS_SUIVANT',
      regle: 'ASGL-CAL-03',
    },
    {
      code: 'FIN_DE_MESURE',
      libelle: 'Dernier jour de la mesure',
      depuis: 'Premier jour de la mesure',
      dans: 'dureeMesure',
      forme: 'DERNIER_JOUR',
      regle: 'ASGL-WF-05',
    },
    {
      code: 'FIN_DE_PROLONGATION',
      libelle: 'Dernier jour de la mesure prolongée',
      depuis: 'Premier jour de la prolongation',
      dans: 'prolongation',
      forme: 'DERNIER_JOUR',
      regle: 'ASGL-WF-05',
    },
    {
      // The next ones every six months from the same day (AMB-070).
      code: 'BILAN_SEMESTRIEL',
      libelle: 'Premier bilan fait avec le jeune',
      depuis: 'Premier jour de la mesure',
      dans: 'frequenceBilan',
      regle: 'ASGL-BIL-01',
    },
    {
      code: 'CONTRAT_AVEC_LE_JEUNE',
      libelle: 'Contrat entre l’association et le jeune',
      depuis: 'Notification de la mesure',
      dans: 'delaiContrat',
      regle: 'ASGL-DEL-01',
    },
  ],
  indicateurs: [
    { code: 'ASGL_JEUNES', libelle: 'Jeunes accompagnés', unite: 'jeunes', regle: 'ASGL-IND-02' },
    { code: 'ASGL_SORTIES', libelle: 'Sorties, par motif', unite: 'jeunes', regle: 'ASGL-IND-05' },
  ],
});
