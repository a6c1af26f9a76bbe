import type { DeclarationPiece } from '@sillage/dispositif-kit';
import type { champsCandidature } from './candidature.champs.js';
import type { parametres } from './parametres.js';

const DOCUMENTS = ['PDF', 'DOCX', 'ODT'] as const;

/** GRAINE-PIECE-01: the convention, the committees and the bilan are the platform's; of these only the label is waited for. */
export const pieces: readonly DeclarationPiece<typeof champsCandidature, typeof parametres>[] = [
  {
    code: 'GRAINE_STATUTS',
    libelle: 'Statuts de l’association',
    regle: 'GRAINE-PORT-01',
    quand: 'DEPOT',
    types: ['PDF'],
  },
  {
    // Whoever is no association applies by its label alone.
    code: 'GRAINE_LABEL',
    libelle: 'Label « École de la deuxième chance »',
    regle: 'GRAINE-PORT-01',
    quand: 'DEPOT',
    obligatoire: ({ associationLoi1901 }) => associationLoi1901 === false,
    types: ['PDF', 'PNG', 'JPEG'],
  },
  {
    code: 'GRAINE_PRESCRIPTIONS',
    libelle: 'Fiches de prescription « graine de », Coordo ASE ou Coach jeunesse',
    regle: 'GRAINE-PIECE-01',
    quand: 'CONVENTION',
    types: DOCUMENTS,
    plusieurs: true,
    nominative: true,
  },
  {
    code: 'GRAINE_TABLEAU_DE_BORD',
    libelle: 'Tableau de bord',
    regle: 'GRAINE-BIL-02',
    quand: 'CONVENTION',
    types: ['XLSX', 'ODS', 'CSV', 'PDF'],
    plusieurs: true,
    nominative: true,
  },
  {
    code: 'GRAINE_COMPTES_RENDUS',
    libelle: 'Comptes rendus des comités de suivi',
    regle: 'GRAINE-BIL-01',
    quand: 'CONVENTION',
    types: DOCUMENTS,
    plusieurs: true,
    nominative: true,
  },
  {
    code: 'GRAINE_FICHES_BILAN',
    libelle: 'Fiches bilan validées par le SLAI',
    regle: 'GRAINE-PIECE-01',
    quand: 'BILAN',
    types: DOCUMENTS,
    plusieurs: true,
    nominative: true,
  },
];
