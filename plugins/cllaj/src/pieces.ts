import type { DeclarationPiece } from '@sillage/dispositif-kit';

/** CLLAJ-PIECE-01: the candidature, the convention and the bilan are the platform's; nothing waits for these. */
export const pieces: readonly DeclarationPiece[] = [
  {
    // AMB-163: the Département asks for aggregates, and for names with a reason.
    code: 'CLLAJ_REPORTING',
    libelle: 'Tableau de reporting, à la demande du Département',
    regle: 'CLLAJ-BIL-01',
    quand: 'CONVENTION',
    types: ['XLSX', 'ODS', 'CSV', 'PDF'],
    plusieurs: true,
    nominative: true,
  },
  {
    code: 'CLLAJ_OUVERTURES',
    libelle: 'Avis d’ouverture d’une permanence ou d’un atelier',
    regle: 'CLLAJ-PIECE-01',
    quand: 'CONVENTION',
    types: ['PDF', 'DOCX', 'ODT', 'PNG', 'JPEG'],
    plusieurs: true,
  },
];
