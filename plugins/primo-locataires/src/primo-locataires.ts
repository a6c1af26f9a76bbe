import {
  budgetAdopte,
  dansLOperation,
  definirDispositif,
  demandeCouverte,
  demandeSousLEnveloppe,
  objectifDepartemental,
  pasPlusQueDemande,
  plafondDeLEnveloppe,
  utiliseCouvert,
  utiliseEtRestant,
  versementUnique,
} from '@sillage/dispositif-kit';
import { champsBilan, champsCandidature, termesConvention } from './champs.js';
import { nonCalculables } from './non-calculables.js';
import { parametres } from './parametres.js';
import { eligibilite } from './public.js';
import { beneficiairesArretes } from './regles.js';

/** Logement des jeunes primo-locataires: social landlords open their housing to those who rent for the first time (regles.md, section 9). */
export const primoLocataires = definirDispositif({
  code: 'primo-locataires',
  libelle: 'Logement des jeunes primo-locataires',
  description:
    'Faire du logement social le premier logement de jeunes de moins de 30 ans, par une offre réactive, pré-équipée et accompagnée.',
  version: '2026.1',
  textes: ['Appel à projets 2026 « Logement des jeunes primo-locataires », axe 4 : parcours inclusion jeunes'],
  prefixeRegles: 'PRIMO',
  familles: ['ELIG', 'PORT', 'TERR', 'CAL', 'WF', 'DEL', 'FIN', 'PAY', 'PIECE', 'BIL', 'IND', 'QUAL'],
  nonCalculables,
  parametres,
  eligibilite,
  appels: [
    {
      code: 'primo-locataires-2026',
      libelle: 'Appel à projets Logement des jeunes primo-locataires 2026',
      ouverture: '2026-01-12',
      cloture: '2026-02-15',
      regle: 'PRIMO-CAL-01',
    },
  ],
  candidature: {
    regleFenetre: 'PRIMO-CAL-01',
    regleTerritoires: 'PRIMO-TERR-01',
    porteurs: { natures: ['BAILLEUR'], regle: 'PRIMO-PORT-01' },
    champs: champsCandidature,
    recevabilite: [
      demandeSousLEnveloppe({ enveloppe: 'enveloppe', regle: 'PRIMO-FIN-01' }),
      demandeCouverte('PRIMO-FIN-02'),
      objectifDepartemental({ objectif: 'objectifMin', quoi: 'à loger', regle: 'PRIMO-IND-01' }),
    ],
    avis: ['SLISL'],
    comparaison: [
      {
        code: 'JEUNES',
        libelle: 'Jeunes à loger',
        regle: 'PRIMO-IND-01',
        valeur: ({ objectifJeunes }) => `${objectifJeunes} jeunes`,
      },
      {
        code: 'COUVERTURE',
        libelle: 'Couverture du territoire',
        regle: 'PRIMO-PORT-02',
        attention: true,
        valeur: ({ couverture }) => couverture,
      },
      {
        code: 'EXPERIENCE',
        libelle: 'Réseau, expérience, innovation',
        regle: 'PRIMO-PORT-02',
        attention: true,
        valeur: ({ experience }) => experience,
      },
    ],
  },
  convention: {
    termes: termesConvention,
    dureeMax: 'dureeMax',
    plafond: plafondDeLEnveloppe({ enveloppe: 'enveloppe', regle: 'PRIMO-FIN-01' }),
    controles: [
      pasPlusQueDemande('AMB-175'),
      budgetAdopte(),
      dansLOperation({ debut: 'debutOperation', fin: 'finOperation', regle: 'PRIMO-CAL-02' }),
    ],
    regles: { duree: 'PRIMO-CAL-02', plafond: 'PRIMO-FIN-01' },
  },
  enveloppe: { montant: 'enveloppe', regle: 'PRIMO-FIN-01' },
  bilan: {
    regle: 'PRIMO-BIL-02',
    champs: champsBilan,
    controles: [
      utiliseEtRestant('PRIMO-IND-03'),
      utiliseCouvert('PRIMO-FIN-02'),
      {
        regle: 'PRIMO-IND-02',
        libelle: 'Le total des bénéficiaires est la somme des entrées, commune par commune',
        decider: beneficiairesArretes,
      },
    ],
  },
  pieces: [
    {
      // AMB-163: counts are in the bilan; names only on a motivated request, and each delivery is in the journal.
      code: 'PRIMO_REPORTING',
      libelle: 'Tableau de reporting tenu au fil de l’eau, sur demande motivée du Département',
      regle: 'PRIMO-BIL-01',
      quand: 'CONVENTION',
      types: ['XLSX', 'ODS', 'CSV', 'PDF'],
      nominative: true,
    },
    {
      code: 'PRIMO_VISITES',
      libelle: 'Preuves de visite à domicile',
      regle: 'PRIMO-PIECE-01',
      quand: 'BILAN',
      types: ['PDF', 'PNG', 'JPEG'],
      plusieurs: true,
      nominative: true,
    },
  ],
  // PRIMO-PAY-02: the convention may say otherwise; each parameter takes an override of the convention.
  versements: [versementUnique({ taux: 'tauxVersement', a: 'CONVENTION_SIGNEE', regle: 'PRIMO-PAY-01' })],
  echeances: [
    {
      code: 'VISITE_A_DOMICILE',
      libelle: 'Visite à domicile',
      depuis: 'Arrivée dans le logement',
      dans: 'delaiVisite',
      regle: 'PRIMO-DEL-01',
    },
  ],
  indicateurs: [
    {
      code: 'PRIMO_JEUNES_LOGES',
      libelle: 'Jeunes ayant accédé au logement',
      unite: 'jeunes',
      regle: 'PRIMO-IND-01',
    },
    {
      code: 'PRIMO_BENEFICIAIRES',
      libelle: 'Bénéficiaires, arrêtés en fin de convention',
      unite: 'jeunes',
      regle: 'PRIMO-IND-02',
    },
    {
      code: 'PRIMO_ENTREES',
      libelle: 'Jeunes entrés en logement, par territoire et par commune',
      unite: 'jeunes',
      regle: 'PRIMO-IND-04',
    },
    {
      code: 'PRIMO_RESTANT',
      libelle: 'Montant utilisé de l’enveloppe, et restant',
      unite: '€',
      regle: 'PRIMO-IND-03',
    },
    {
      code: 'PRIMO_LOGEMENTS',
      libelle: 'Nouveaux logements pré-équipés',
      unite: 'logements',
      regle: 'PRIMO-IND-05',
    },
    { code: 'PRIMO_SORTIES', libelle: 'Jeunes ayant quitté le logement', unite: 'jeunes', regle: 'PRIMO-IND-06' },
    { code: 'PRIMO_MOTIFS', libelle: 'Sorties, par motif', unite: 'jeunes', regle: 'PRIMO-IND-07' },
    { code: 'PRIMO_PARTENAIRES', libelle: 'Partenaires mobilisés', unite: 'partenaires', regle: 'PRIMO-IND-08' },
  ],
});
