import {
  budgetAdopte,
  avance,
  comiteTrimestriel,
  dansLOperation,
  definirDispositif,
  demandeCouverteAuForfait,
  fileActiveComplete,
  fileActivePossible,
  forfaitRespecte,
  pasPlusQueDemande,
  quantiteFileActive,
  solde,
  uneLigneParTerritoire,
} from '@sillage/dispositif-kit';
import { champsBilan } from './bilan.champs.js';
import { abandonsOrientes, partsDesRaccroches, sortiesJustes } from './bilan.regles.js';
import { champsCandidature, termesConvention } from './candidature.champs.js';
import { montantDu } from './du.js';
import { parametres } from './parametres.js';
import { pieces } from './pieces.js';
import { plafondConvention } from './plafond.js';
import { ateliersSurLesTerritoires, objectifsCoherents, porteurEligible } from './recevabilite.js';

/**
 * Parcours « graine de »: young people who dropped out, or are without a job and a training, brought back to a parcours (regles.md, section
 * 7). The convention of the Département names it « prévention des ruptures de parcours »: one dispositif, two names (AMB-012).
 */
export const graineDe = definirDispositif({
  code: 'graine-de',
  libelle: 'Parcours « graine de »',
  description:
    'Prévenir les ruptures de parcours des jeunes de 16 à 25 ans, et d’abord des 16-18 ans soumis à l’obligation de formation, par des ateliers sur les métiers en tension.',
  version: '2026.1',
  textes: [
    'Appel à projets 2026 « graine de » (prévention des ruptures de parcours), axe 4 : parcours inclusion jeunes',
  ],
  prefixeRegles: 'GRAINE',
  familles: ['ELIG', 'PORT', 'TERR', 'CAL', 'FIN', 'PAY', 'PIECE', 'BIL', 'IND', 'QUAL'],
  parametres,
  age: {
    min: 'ageMin',
    max: 'ageMax',
    a: 'Validation de la fiche de prescription',
    borneHaute: 'borneHaute',
    regle: 'GRAINE-ELIG-01',
    interpretation: 'AMB-001',
  },
  appels: [
    {
      code: 'graine-de-2026',
      libelle: 'Appel à projets « graine de » 2026',
      ouverture: '2026-04-01',
      cloture: '2026-04-30',
      regle: 'GRAINE-CAL-01',
    },
  ],
  candidature: {
    regleFenetre: 'GRAINE-CAL-01',
    regleTerritoires: 'GRAINE-TERR-01',
    // A school of the second chance bears its label, whatever it is (ML-R03 for a mission locale).
    porteurs: { natures: ['ASSOCIATION', 'CLLAJ', 'MISSION_LOCALE', 'AUTRE'], regle: 'GRAINE-PORT-01' },
    champs: champsCandidature,
    recevabilite: [
      { regle: 'GRAINE-PORT-01', libelle: 'Le porteur est une association ou a le label', decider: porteurEligible },
      uneLigneParTerritoire({
        champ: 'places',
        libelle: 'Chaque territoire a ses places demandées',
        regle: 'GRAINE-FIN-06',
      }),
      {
        regle: 'GRAINE-WF-05',
        libelle: 'Les ateliers sont sur les territoires de la candidature, ou leur absence est confirmée',
        decider: ateliersSurLesTerritoires,
      },
      {
        regle: 'GRAINE-IND-02',
        libelle: 'Pas plus de sorties positives que de jeunes raccrochés',
        decider: objectifsCoherents,
      },
      forfaitRespecte({
        taux: 'forfaitIndirect',
        regle: 'GRAINE-FIN-04',
        libelle: 'Les charges indirectes sont le forfait de 20 %',
      }),
      demandeCouverteAuForfait({ taux: 'forfaitIndirect', regle: 'GRAINE-FIN-01' }),
    ],
    avis: ['SLAI'],
  },
  convention: {
    termes: termesConvention,
    dureeMax: 'dureeMax',
    plafond: plafondConvention,
    controles: [
      pasPlusQueDemande('AMB-175'),
      budgetAdopte(),
      dansLOperation({ debut: 'debutOperation', fin: 'finOperation', regle: 'GRAINE-CAL-02' }),
    ],
    regles: { duree: 'GRAINE-CAL-02', plafond: 'GRAINE-FIN-05' },
  },
  bilan: {
    regle: 'GRAINE-BIL-03',
    champs: champsBilan,
    controles: [
      fileActiveComplete('GRAINE-FIN-06'),
      fileActivePossible('jeunesRaccroches'),
      { regle: 'GRAINE-IND-01', libelle: 'Les parts tiennent dans les jeunes raccrochés', decider: partsDesRaccroches },
      { regle: 'GRAINE-IND-02', libelle: 'Les sorties positives sont justes, et dites', decider: sortiesJustes },
      { regle: 'GRAINE-WF-10', libelle: 'Chaque abandon a son orientation proposée', decider: abandonsOrientes },
    ],
  },
  pieces,
  suivis: {
    comiteTrimestriel: comiteTrimestriel({
      regle: 'GRAINE-BIL-01',
      regleTableau: 'GRAINE-BIL-02',
      services: ['le SLAI du territoire', 'le SRCPB'],
      du: 'delaiComite',
      avantBilan: 'exigenceComites',
    }),
  },
  quantites: quantiteFileActive('GRAINE-FIN-06'),
  versements: [
    avance({ taux: 'tauxAvance', a: 'CONVENTION_SIGNEE', regle: 'GRAINE-PAY-01' }),
    solde({ a: 'BILAN_CONFIRME', regle: 'GRAINE-PAY-02', du: montantDu }),
  ],
  echeances: [
    {
      code: 'GRAINE_SIGNALEMENT',
      libelle: 'Signalement au Président du Conseil départemental',
      depuis: 'Convocation du jeune',
      dans: 'delaiSignalement',
      regle: 'GRAINE-DEL-01',
    },
    {
      code: 'GRAINE_FICHE_DE_PRESCRIPTION',
      libelle: 'Validation de la fiche de prescription, sans accord tacite',
      depuis: 'Fiche de prescription complétée',
      dans: 'delaiFiches',
      regle: 'GRAINE-WF-07',
    },
    {
      code: 'GRAINE_FICHE_BILAN',
      libelle: 'Validation de la fiche bilan',
      depuis: 'Fiche bilan transmise au SLAI',
      dans: 'delaiFiches',
      regle: 'GRAINE-WF-09',
    },
    {
      code: 'GRAINE_BILAN_FINAL',
      libelle: 'Remise du bilan final',
      depuis: 'Fin effective de la convention',
      dans: 'delaiBilan',
      regle: 'GRAINE-DEL-02',
    },
  ],
  indicateurs: [
    { code: 'GRAINE_RACCROCHES', libelle: 'Jeunes raccrochés au dispositif', unite: 'jeunes', regle: 'GRAINE-IND-01' },
    { code: 'GRAINE_SORTIES', libelle: 'Sorties positives', unite: 'jeunes', regle: 'GRAINE-IND-02' },
    {
      code: 'GRAINE_PLACES',
      libelle: 'Places tenues, en moyenne',
      unite: 'file active moyenne',
      regle: 'GRAINE-FIN-06',
    },
  ],
});
