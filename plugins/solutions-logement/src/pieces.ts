import type { DeclarationPiece } from '@sillage/dispositif-kit';

/** SOLLOG-PIECE-01: the candidature, the convention, the monthly table and the bilan are the platform's; nothing waits for these. */
export const pieces: readonly DeclarationPiece[] = [
  {
    code: 'SOLLOG_PARC',
    libelle: 'Justificatif du parc dans le Pas-de-Calais',
    regle: 'SOLLOG-PORT-01',
    quand: 'DEPOT',
    types: ['PDF', 'XLSX', 'ODS'],
  },
  {
    code: 'SOLLOG_CAL',
    libelle: 'Décisions de la CAL, notifications d’entrée et de sortie',
    regle: 'SOLLOG-PIECE-01',
    quand: 'CONVENTION',
    types: ['PDF', 'DOCX', 'ODT'],
    plusieurs: true,
    nominative: true,
  },
  {
    code: 'SOLLOG_REPORTING',
    libelle: 'Tableau de reporting : dossiers montés et leur suivi',
    regle: 'SOLLOG-BIL-01',
    quand: 'CONVENTION',
    types: ['XLSX', 'ODS', 'CSV', 'PDF'],
    plusieurs: true,
    nominative: true,
  },
];
