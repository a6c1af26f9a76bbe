import {
  budgetAdopte,
  avance,
  definirDispositif,
  demandeCouverteAuForfait,
  fileActiveComplete,
  fileActivePossible,
  forfaitRespecte,
  pasPlusQueDemande,
  quantiteFileActive,
  solde,
} from '@sillage/dispositif-kit';
import { champsBilan } from './bilan.champs.js';
import { champsCandidature, termesConvention } from './candidature.champs.js';
import { charte } from './charte.js';
import { pasPlusDEtpQueDemandes } from './coherence.js';
import { montantDu } from './du.js';
import { echeances } from './echeances.js';
import { comparaison } from './comparaison.js';
import { nonCalculables } from './non-calculables.js';
import { parametres } from './parametres.js';
import { plafondConvention } from './plafond.js';
import { eligibilite } from './public.js';
import { cibleDePlaces, demandeSousLePlafond, engagementsDeLaCharte } from './recevabilite.js';
import { suivis } from './suivis.js';

/** Coordo ASE: young people of the child-protection service accompanied towards autonomy (docs/regles.md, section 8). */
export const coordoAse = definirDispositif({
  code: 'coordo-ase',
  libelle: 'Coordo ASE',
  description:
    'Accompagner vers l’autonomie les jeunes confiés, ou ayant été confiés, à l’aide sociale à l’enfance, par un coordonnateur dédié.',
  version: '2026.1',
  textes: ['Appel à projets 2026 « Coordo ASE », axe 4 : parcours inclusion jeunes'],
  prefixeRegles: 'ASE',
  familles: ['ELIG', 'PORT', 'TERR', 'CAL', 'WF', 'DEL', 'FIN', 'PAY', 'PIECE', 'BIL', 'IND', 'QUAL'],
  nonCalculables,
  parametres,
  eligibilite,
  appels: [
    {
      code: 'coordo-ase-2026',
      libelle: 'Appel à projets Coordo ASE 2026',
      ouverture: '2026-01-12',
      cloture: '2026-02-15',
      regle: 'ASE-CAL-01',
    },
  ],
  candidature: {
    regleFenetre: 'ASE-CAL-01',
    regleTerritoires: 'ASE-TERR-01',
    champs: champsCandidature,
    recevabilite: [
      forfaitRespecte({
        taux: 'forfaitIndirect',
        regle: 'ASE-FIN-04',
        libelle: 'Les charges indirectes sont le forfait de 20 %',
      }),
      { regle: 'ASE-FIN-01', libelle: 'La demande tient sous 52 000 € par ETP', decider: demandeSousLePlafond },
      demandeCouverteAuForfait({ taux: 'forfaitIndirect', regle: 'ASE-FIN-08' }),
      { regle: 'ASE-FIN-07', libelle: 'La cible de 30 places par ETP est tenue, ou confirmée', decider: cibleDePlaces },
      { regle: 'ASE-FIN-06', libelle: 'La charte qualité est acceptée, ou confirmée', decider: engagementsDeLaCharte },
    ],
    avis: ['SLAI'],
    comparaison,
  },
  convention: {
    termes: termesConvention,
    dureeMax: 'dureeMax',
    plafond: plafondConvention,
    controles: [
      pasPlusQueDemande('ASE-FIN-08'),
      budgetAdopte(),
      {
        regle: 'ASE-FIN-01',
        libelle: 'Les ETP ne dépassent pas les ETP demandés',
        saufAvenant: true,
        decider: pasPlusDEtpQueDemandes,
      },
    ],
    regles: { duree: 'ASE-CAL-02', plafond: 'ASE-FIN-01' },
  },
  bilan: {
    regle: 'ASE-BIL-03',
    champs: champsBilan,
    controles: [fileActiveComplete('ASE-IND-01'), fileActivePossible('jeunesAccompagnes')],
  },
  pieces: [
    {
      // Not provided with the text: it may be joined, nothing waits for it.
      code: 'ASE_ANNEXE_NOTATION',
      libelle: 'Annexe de notation détaillée',
      regle: 'ASE-PIECE-01',
      quand: 'CONVENTION',
      types: ['PDF', 'DOCX', 'ODT'],
    },
    {
      code: 'ASE_PRESCRIPTIONS',
      libelle: 'Fiches de prescription, une par jeune',
      regle: 'ASE-WF-08',
      quand: 'CONVENTION',
      types: ['PDF', 'DOCX', 'ODT'],
      plusieurs: true,
      nominative: true,
    },
    {
      // AMB-145: on the platform rather than by mail, and without being sent to anybody.
      code: 'ASE_CV',
      libelle: 'CV, à l’appui d’une demande de validation de profil',
      regle: 'ASE-WF-10',
      quand: 'CONVENTION',
      types: ['PDF', 'DOCX', 'ODT'],
      plusieurs: true,
      nominative: true,
    },
    {
      code: 'ASE_COMMUNICATION',
      libelle: 'Carte de visite, flyer, preuves de présence sur les réseaux sociaux',
      regle: 'ASE-PIECE-01',
      quand: 'BILAN',
      types: ['PDF', 'PNG', 'JPEG'],
      plusieurs: true,
    },
    {
      code: 'ASE_PARTENAIRES',
      libelle: 'Liste de partenaires, comptes rendus de comités',
      regle: 'ASE-PIECE-01',
      quand: 'BILAN',
      types: ['PDF', 'DOCX', 'XLSX', 'ODT', 'ODS'],
      plusieurs: true,
    },
  ],
  grille: charte,
  suivis,
  quantites: quantiteFileActive('ASE-IND-01', { source: 'sourceFileActive', nom: 'tableauMensuel' }),
  versements: [
    avance({ taux: 'tauxAvance', a: 'CONVENTION_SIGNEE', regle: 'ASE-PAY-01' }),
    solde({ a: 'BILAN_CONFIRME', regle: 'ASE-PAY-02', du: montantDu }),
  ],
  echeances,
  indicateurs: [
    {
      code: 'ASE_ACCOMPAGNEMENTS',
      libelle: 'Accompagnements réalisés, rapportés aux accompagnements engagés',
      unite: 'file active moyenne',
      regle: 'ASE-IND-01',
    },
    { code: 'ASE_CHARTE', libelle: 'Note de la charte qualité', unite: 'points sur 100', regle: 'ASE-IND-02' },
  ],
});
