import {
  budgetAdopte,
  avance,
  dansLOperation,
  definirDispositif,
  demandeCouverte,
  demandeSousLEnveloppe,
  objectifDepartemental,
  pasPlusQueDemande,
  plafondDeLEnveloppe,
  solde,
  utiliseCouvert,
  utiliseEtRestant,
} from '@sillage/dispositif-kit';
import { menagesEtJeunes, sortiesJustes } from './bilan.regles.js';
import { champsBilan, champsCandidature, termesConvention } from './champs.js';
import { montantDu } from './du.js';
import { nonCalculables } from './non-calculables.js';
import { parametres } from './parametres.js';
import { pieces } from './pieces.js';
import { suivis } from './suivis.js';

/** Solutions Logement: social landlords house young people in a precarious situation (regles.md, section 10). */
export const solutionsLogement = definirDispositif({
  code: 'solutions-logement',
  libelle: 'Solutions Logement',
  description:
    'Loger des jeunes précaires de 18 à 24 ans, autonomes ou accompagnés, dans une offre réactive, pré-équipée et adaptée à leurs ressources.',
  version: '2026.1',
  textes: ['Appel à projets 2026 « Solutions Logement », axe 4 : parcours inclusion jeunes'],
  prefixeRegles: 'SOLLOG',
  familles: ['ELIG', 'PORT', 'TERR', 'CAL', 'DEL', 'FIN', 'PAY', 'PIECE', 'BIL', 'IND', 'QUAL'],
  nonCalculables,
  parametres,
  age: {
    min: 'ageMin',
    max: 'ageMax',
    a: 'Validation par l’équipe ou la commission',
    regle: 'SOLLOG-ELIG-01',
    interpretation: 'AMB-002',
  },
  appels: [
    {
      code: 'solutions-logement-2026',
      libelle: 'Appel à projets Solutions Logement 2026',
      ouverture: '2026-01-12',
      cloture: '2026-02-15',
      regle: 'SOLLOG-CAL-01',
    },
  ],
  candidature: {
    regleFenetre: 'SOLLOG-CAL-01',
    regleTerritoires: 'SOLLOG-TERR-01',
    porteurs: { natures: ['BAILLEUR'], regle: 'SOLLOG-PORT-01' },
    champs: champsCandidature,
    recevabilite: [
      demandeSousLEnveloppe({ enveloppe: 'enveloppe', regle: 'SOLLOG-FIN-01' }),
      demandeCouverte('SOLLOG-FIN-02'),
      objectifDepartemental({ objectif: 'objectifMin', quoi: 'à loger', regle: 'SOLLOG-IND-01' }),
    ],
    avis: ['SLISL'],
  },
  convention: {
    termes: termesConvention,
    dureeMax: 'dureeMax',
    plafond: plafondDeLEnveloppe({ enveloppe: 'enveloppe', regle: 'SOLLOG-FIN-01' }),
    controles: [
      pasPlusQueDemande('AMB-175'),
      budgetAdopte(),
      dansLOperation({ debut: 'debutOperation', fin: 'finOperation', regle: 'SOLLOG-CAL-02' }),
    ],
    regles: { duree: 'SOLLOG-CAL-02', plafond: 'SOLLOG-FIN-01' },
  },
  enveloppe: { montant: 'enveloppe', regle: 'SOLLOG-FIN-01' },
  bilan: {
    regle: 'SOLLOG-BIL-02',
    champs: champsBilan,
    controles: [
      utiliseEtRestant('SOLLOG-IND-02'),
      utiliseCouvert('SOLLOG-FIN-02'),
      { regle: 'SOLLOG-IND-03', libelle: 'Pas moins de jeunes que de ménages', decider: menagesEtJeunes },
      { regle: 'SOLLOG-IND-05', libelle: 'Pas plus de sorties que d’entrées, motifs dits', decider: sortiesJustes },
    ],
  },
  pieces,
  suivis,
  quantites: {
    jeunesLoges: {
      libelle: 'Jeunes logés',
      regle: 'SOLLOG-IND-01',
      bilan: { lignes: 'entrees', valeur: 'jeunes' },
      suivi: { source: 'sourceJeunesLoges', nom: 'tableauMensuel', champ: 'jeunesEntres' },
    },
  },
  versements: [
    avance({ taux: 'tauxAvance', a: 'CONVENTION_SIGNEE', regle: 'SOLLOG-PAY-01' }),
    solde({ a: 'BILAN_CONFIRME', regle: 'SOLLOG-PAY-02', du: montantDu }),
  ],
  echeances: [
    {
      code: 'SOLLOG_BILAN_FINAL',
      libelle: 'Remise du bilan final, en rappel',
      depuis: 'Fin de la convention',
      dans: 'delaiBilan',
      regle: 'SOLLOG-BIL-02',
    },
  ],
  indicateurs: [
    { code: 'SOLLOG_JEUNES', libelle: 'Jeunes ayant accédé au logement', unite: 'jeunes', regle: 'SOLLOG-IND-01' },
    {
      code: 'SOLLOG_RESTANT',
      libelle: 'Montant utilisé de l’enveloppe, et restant',
      unite: '€',
      regle: 'SOLLOG-IND-02',
    },
    { code: 'SOLLOG_MENAGES', libelle: 'Ménages entrés en logement', unite: 'ménages', regle: 'SOLLOG-IND-03' },
    { code: 'SOLLOG_LOGEMENTS', libelle: 'Logements pré-équipés', unite: 'logements', regle: 'SOLLOG-IND-04' },
    { code: 'SOLLOG_SORTIES', libelle: 'Ménages sortis, par motif', unite: 'ménages', regle: 'SOLLOG-IND-05' },
    { code: 'SOLLOG_PARTENAIRES', libelle: 'Partenaires mobilisés', unite: 'partenaires', regle: 'SOLLOG-IND-07' },
  ],
});
