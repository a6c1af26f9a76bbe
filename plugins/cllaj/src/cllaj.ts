import {
  avance,
  budgetAdopte,
  dansLOperation,
  definirDispositif,
  pasPlusQueDemande,
  solde,
} from '@sillage/dispositif-kit';
import { champsBilan } from './bilan.champs.js';
import { champsCandidature, termesConvention } from './candidature.champs.js';
import { nonCalculables } from './non-calculables.js';
import { parametres } from './parametres.js';
import { pieces } from './pieces.js';
import * as regles from './regles.js';

/** CLLAJ: new permanences, workshops and ways to reach young people in search of a home (docs/regles.md, section 11). */
export const cllaj = definirDispositif({
  code: 'cllaj',
  libelle: 'Expérimentation avec les CLLAJ',
  description:
    'Étoffer l’offre des comités locaux pour le logement autonome des jeunes à destination de la grande précarité, par des actions nouvelles.',
  version: '2026.1',
  textes: [
    'Appel à projets 2026 « Comités locaux pour le logement autonome des jeunes », axe 4 : parcours inclusion jeunes',
  ],
  prefixeRegles: 'CLLAJ',
  familles: ['ELIG', 'PORT', 'TERR', 'CAL', 'WF', 'FIN', 'PAY', 'PIECE', 'BIL', 'IND', 'QUAL', 'ROLE'],
  nonCalculables,
  parametres,
  age: {
    min: 'ageMin',
    max: 'ageMax',
    borneHaute: 'borneHaute',
    a: 'Accueil du jeune par le CLLAJ',
    regle: 'CLLAJ-ELIG-01',
    interpretation: 'AMB-001',
  },
  appels: [
    {
      code: 'cllaj-2026',
      libelle: 'Appel à projets CLLAJ 2026',
      ouverture: '2026-04-01',
      cloture: '2026-04-30',
      regle: 'CLLAJ-CAL-01',
    },
  ],
  candidature: {
    regleFenetre: 'CLLAJ-CAL-01',
    regleTerritoires: 'CLLAJ-TERR-01',
    // An EPCI is none of the other natures.
    porteurs: { natures: ['CLLAJ', 'ASSOCIATION', 'MISSION_LOCALE', 'AUTRE'], regle: 'CLLAJ-PORT-01' },
    champs: champsCandidature,
    recevabilite: [
      {
        regle: 'CLLAJ-FIN-01',
        libelle: 'La demande tient sous 20 000 € par an et par CLLAJ',
        decider: regles.demandeSousLePlafond,
      },
      {
        regle: 'CLLAJ-FIN-02',
        libelle: 'Une dépense n’est financée qu’une fois',
        decider: regles.sansDoubleFinancement,
      },
      {
        regle: 'AMB-101',
        libelle: 'Les autres financements sont déclarés, et confirmés',
        decider: regles.cofinancementsDeclares,
      },
      {
        regle: 'CLLAJ-WF-01',
        libelle: 'Les trois composantes sont proposées, ou leur absence confirmée',
        decider: regles.troisComposantes,
      },
      {
        regle: 'CLLAJ-TERR-01',
        libelle: 'Les actions sont sur les territoires de la candidature',
        decider: regles.actionsSurLesTerritoires,
      },
      {
        regle: 'CLLAJ-CAL-02',
        libelle: 'Les actions ouvrent pendant l’opération',
        decider: regles.actionsPendantLOperation,
      },
    ],
    avis: ['SLISL'],
  },
  convention: {
    termes: termesConvention,
    dureeMax: 'dureeMax',
    plafond: regles.plafondConvention,
    controles: [
      pasPlusQueDemande('AMB-175'),
      dansLOperation({ debut: 'debutOperation', fin: 'finOperation', regle: 'CLLAJ-CAL-02' }),
      budgetAdopte(),
    ],
    plafondAnnuel: {
      montant: 'plafondAnnuel',
      annee: 'anneePlafond',
      depuis: 'debutOperation',
      regle: 'CLLAJ-FIN-01',
    },
    regles: { duree: 'CLLAJ-CAL-02', plafond: 'CLLAJ-FIN-01' },
  },
  bilan: {
    regle: 'CLLAJ-BIL-02',
    champs: champsBilan,
    controles: [
      {
        regle: 'CLLAJ-IND-05',
        libelle: 'Chaque jeune est compté une fois',
        decider: regles.jeunesComptesUneFois,
      },
    ],
  },
  pieces,
  versements: [
    avance({ taux: 'tauxAvance', a: 'CONVENTION_SIGNEE', regle: 'CLLAJ-PAY-01' }),
    solde({ a: 'BILAN_CONFIRME', regle: 'CLLAJ-PAY-02', du: regles.montantDu }),
  ],
  echeances: [
    {
      code: 'CLLAJ_BILAN_FINAL',
      libelle: 'Rappel du bilan final',
      depuis: 'Fin de l’opération',
      dans: 'rappelBilan',
      regle: 'CLLAJ-BIL-02',
    },
  ],
  indicateurs: [
    {
      code: 'CLLAJ_CONTACTS',
      libelle: 'Contacts téléphoniques et saisies par mail',
      unite: 'contacts',
      regle: 'CLLAJ-IND-01',
    },
    { code: 'CLLAJ_ASE_RECUS', libelle: 'Jeunes ASE reçus physiquement', unite: 'jeunes', regle: 'CLLAJ-IND-02' },
    { code: 'CLLAJ_ASE_ACCOMPAGNES', libelle: 'Jeunes ASE accompagnés', unite: 'jeunes', regle: 'CLLAJ-IND-03' },
    { code: 'CLLAJ_ASE_LOGES', libelle: 'Jeunes ASE ayant accédé au logement', unite: 'jeunes', regle: 'CLLAJ-IND-04' },
    {
      code: 'CLLAJ_JEUNES',
      libelle: 'Jeunes reçus dans les permanences ou participant aux ateliers financés',
      unite: 'jeunes',
      regle: 'CLLAJ-IND-05',
    },
    { code: 'CLLAJ_CLASSIQUES', libelle: 'Indicateurs des CLLAJ classiques', unite: 'au choix', regle: 'CLLAJ-IND-06' },
  ],
});
