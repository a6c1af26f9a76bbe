import { planDeFinancement } from '@sillage/dispositif-kit';

/** What a FAJ Co project pays for, each line detailed in the file (FAJCO-FIN-01 to FAJCO-FIN-03, AMB-086). */
export const plan = planDeFinancement({
  PERSONNEL_DEDIE: {
    libelle: 'Personnel directement lié à l’opération : heures, vacations',
    famille: 'PERSONNEL',
    regle: 'FAJCO-FIN-01',
  },
  PRESTATIONS: { libelle: 'Prestations', famille: 'FONCTIONNEMENT', regle: 'FAJCO-FIN-01' },
  FONCTIONNEMENT: {
    libelle: 'Fonctionnement nécessaire à l’opération',
    famille: 'FONCTIONNEMENT',
    regle: 'FAJCO-FIN-01',
  },
  POSTE: {
    libelle: 'Création ou maintien d’un poste',
    famille: 'PERSONNEL',
    regle: 'FAJCO-FIN-03',
    refus: 'aucun profil de poste n’est financé, sauf dérogation de la DPID pour un projet exceptionnel d’innovation',
    derogation: 'FAJCO-WF-06',
  },
  ETP_EXISTANT: {
    libelle: 'ETP déjà existant',
    famille: 'PERSONNEL',
    regle: 'FAJCO-FIN-02',
    refus: 'un ETP déjà existant est valorisé sur fonds propres',
  },
  HORS_OPERATION: {
    libelle: 'Dépense sans lien avec l’opération',
    famille: 'FONCTIONNEMENT',
    regle: 'FAJCO-FIN-01',
    refus: 'seules les dépenses liées à l’opération, et nécessaires à elle, sont retenues',
  },
});

interface Ligne {
  readonly nature: string;
}

const NATURES_EXTERNES: readonly string[] = ['PRESTATIONS', 'FONCTIONNEMENT'];

/** Whether a line is bought from others, which a signed quote justifies; personnel is explained by its own line (AMB-087). */
export function estExterne({ nature }: Ligne): boolean {
  return NATURES_EXTERNES.includes(nature);
}

/** FAJCO-FIN-03, FAJCO-WF-06: whether the DPID has something to say. */
export function demandeUnPoste(lignes: readonly Ligne[]): boolean {
  return lignes.some(({ nature }) => nature === 'POSTE');
}
