import type { DeclarationPiece } from '@sillage/dispositif-kit';
import type { champsCandidature } from './candidature.champs.js';
import type { parametres } from './parametres.js';
import { demandeUnPoste, estExterne } from './plan.js';

const DOCUMENTS = ['PDF', 'DOCX', 'ODT'] as const;
const TABLEAUX = ['PDF', 'XLSX', 'ODS'] as const;
const SCANS = ['PDF', 'PNG', 'JPEG'] as const;

/** The file itself (FAJCO-PIECE-01), the convention and the bilan are the platform's; these are joined to them (regles.md, 14.2). */
export const pieces: readonly DeclarationPiece<typeof champsCandidature, typeof parametres>[] = [
  {
    code: 'FAJCO_ANNEXE',
    libelle: 'Annexe au plan de financement',
    regle: 'FAJCO-PIECE-02',
    quand: 'DEPOT',
    obligatoire: true,
    types: TABLEAUX,
  },
  {
    // AMB-087: an external line that says no quote is an alert of its own, which a named confirmation does without.
    code: 'FAJCO_DEVIS',
    libelle: 'Devis signés',
    regle: 'FAJCO-PIECE-03',
    quand: 'DEPOT',
    obligatoire: ({ depensesPrevues }) => depensesPrevues.some((ligne) => estExterne(ligne) && ligne.devis !== null),
    types: SCANS,
    plusieurs: true,
  },
  {
    code: 'FAJCO_CONTACT_SLAI',
    libelle: 'Preuve du contact avec le SLAI de chaque territoire',
    regle: 'FAJCO-PIECE-06',
    quand: 'DEPOT',
    obligatoire: true,
    types: SCANS,
    plusieurs: true,
  },
  {
    code: 'FAJCO_PROJET',
    libelle: 'Diagnostic, calendrier, liste des partenaires',
    regle: 'FAJCO-PIECE-06',
    quand: 'DEPOT',
    types: DOCUMENTS,
    plusieurs: true,
  },
  {
    code: 'FAJCO_VALIDATION_DPID',
    libelle: 'Validation de la DPID, pour un poste',
    regle: 'FAJCO-PIECE-06',
    quand: 'CONVENTION',
    obligatoire: ({ depensesPrevues }) => demandeUnPoste(depensesPrevues),
    types: SCANS,
  },
  {
    code: 'FAJCO_EMARGEMENTS',
    libelle: 'Feuilles d’émargement',
    regle: 'FAJCO-PIECE-04',
    quand: 'BILAN',
    obligatoire: true,
    types: SCANS,
    plusieurs: true,
    nominative: true,
  },
  {
    code: 'FAJCO_FACTURES',
    libelle: 'Factures acquittées',
    regle: 'FAJCO-PIECE-05',
    quand: 'BILAN',
    obligatoire: true,
    types: SCANS,
    plusieurs: true,
  },
];
