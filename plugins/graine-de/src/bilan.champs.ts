import { champ, champFileActive } from '@sillage/dispositif-kit';
import { plan } from './plan.js';

const jeunes = (libelle: string, regle: string) => champ.entier({ libelle, unite: 'jeunes', max: 10_000, regle });
const analyse = (libelle: string, regle: string) => champ.texte({ libelle, max: 10_000, regle });

/** The two that the text names, then those that the SLAI validates (AMB-153). */
const SORTIES_POSITIVES = {
  REPRISE_ETUDES: 'Reprise d’études',
  FORMATION: 'Entrée en formation',
  EMPLOI: 'Emploi',
  APPRENTISSAGE: 'Apprentissage',
  CONTRAT_ENGAGEMENT: 'Contrat d’engagement',
  AUTRE: 'Autre, validée par le SLAI',
} as const;

/** What the porteur hands in at the end; counts only, never a name (GRAINE-BIL-03). */
export const champsBilan = {
  jeunesRaccroches: jeunes('Jeunes raccrochés : entrés avec une fiche validée', 'GRAINE-IND-01'),
  prioritaires: jeunes('Dont jeunes de 16 à 18 ans', 'GRAINE-ELIG-02'),
  soumisObligation: jeunes('Dont soumis à l’obligation de formation, de 16 à 17 ans révolus', 'GRAINE-ELIG-05'),
  fileActive: champFileActive('GRAINE-FIN-06'),
  sortiesPositives: champ.lignes(
    {
      motif: champ.choix(SORTIES_POSITIVES, { libelle: 'Sortie', regle: 'AMB-153' }),
      jeunes: champ.entier({ libelle: 'Jeunes', unite: 'jeunes', min: 1, max: 2000 }),
      precision: champ.texte({ libelle: 'Précision, pour une autre sortie', max: 300, facultatif: true }),
    },
    { libelle: 'Sorties positives', regle: 'GRAINE-IND-02' },
  ),
  abandons: jeunes('Abandons et arrêts', 'GRAINE-WF-10'),
  orientations: champ.lignes(
    {
      vers: champ.choix({ COORDO_ASE: 'Coordo ASE', COACH_JEUNESSE: 'Coach jeunesse' }, { libelle: 'Orientation' }),
      issue: champ.choix(
        {
          ACCEPTEE: 'Acceptée, fiche validée par le SLAI',
          REFUSEE: 'Refusée par le jeune',
          IMPOSSIBLE: 'Impossible',
        },
        { libelle: 'Issue', regle: 'AMB-114' },
      ),
      jeunes: champ.entier({ libelle: 'Jeunes', unite: 'jeunes', min: 1, max: 2000 }),
      motif: champ.texte({ libelle: 'Motif, si elle est impossible', max: 300, facultatif: true }),
    },
    { libelle: 'Orientations proposées après un abandon ou un arrêt', regle: 'GRAINE-WF-10' },
  ),
  fichesBilan: jeunes('Fiches bilan validées par le SLAI', 'GRAINE-WF-09'),
  depensesEncourues: plan.encourues({
    libelle: 'Dépenses directes payées',
    regle: 'GRAINE-FIN-01',
    regleNatures: 'GRAINE-FIN-03',
  }),
  objectifsAtteints: analyse('Objectifs individuels et collectifs : ce qui est atteint', 'GRAINE-BIL-03'),
  plusValue: analyse('Pertinence et plus-value de l’accompagnement', 'GRAINE-IND-03'),
  allerVers: analyse('Coordination sur l’« aller vers »', 'GRAINE-IND-04'),
  partenariatLocal: analyse('Développement du partenariat local', 'GRAINE-IND-05'),
  partenariatSlai: analyse('Qualité du partenariat avec les SLAI', 'GRAINE-IND-06'),
};
