import type { DeclarationRole } from './declaration.js';

/** A draft belongs to the organisation that writes it: the Département sees a candidature once it has been deposited. */
const DEPUIS_LE_DEPOT = ['BROUILLON'] as const;

export const siege: DeclarationRole = {
  role: 'SIEGE',
  sens:
    'Le siège (DPID, AMB-123) instruit les candidatures déposées, décide après les avis territoriaux, conventionne, signe ' +
    'pour le Département, ouvre les crédits et ordonnance les versements.',
  droits: [
    { peut: ['lire'], sur: ['Appel', 'Parametre', 'Journal'], ou: 'PARTOUT', regles: ['ACT-05', 'TRANS-39'] },
    {
      peut: ['lire', 'lireNominatif', 'instruire', 'libererPieces', 'decider', 'conventionner'],
      sur: ['Candidature'],
      ou: 'PARTOUT',
      saufEtats: DEPUIS_LE_DEPOT,
      regles: ['AMB-105', 'ACT-05', 'TRANS-08', 'TRANS-27'],
    },
    { peut: ['importer'], sur: ['Candidature'], ou: 'PARTOUT', regles: ['AMB-166', 'TRANS-32'] },
    {
      peut: ['lire', 'lireNominatif', 'libererPieces', 'conventionner', 'signer'],
      sur: ['Convention'],
      ou: 'PARTOUT',
      regles: ['AMB-105', 'ACT-05', 'TRANS-09', 'TRANS-27'],
    },
    {
      peut: ['lire', 'liquiderVersement', 'ordonnerVersement', 'refuserVersement'],
      sur: ['Versement'],
      ou: 'PARTOUT',
      regles: ['ACT-05', 'TRANS-12'],
    },
    {
      peut: ['lire', 'lireNominatif', 'confirmer', 'rouvrir'],
      sur: ['Bilan'],
      ou: 'PARTOUT',
      regles: ['ACT-05', 'TRANS-25'],
    },
    {
      peut: ['lire', 'lireNotes', 'noter', 'arreter', 'rouvrir'],
      sur: ['Cotation'],
      ou: 'PARTOUT',
      regles: ['ACT-05', 'AMB-078'],
    },
    { peut: ['lire', 'recalculer'], sur: ['Tache'], ou: 'PARTOUT', regles: ['ACT-05', 'TRANS-12'] },
    { peut: ['lire', 'emettre'], sur: ['Bordereau'], ou: 'PARTOUT', regles: ['ACT-05', 'TRANS-12'] },
    { peut: ['lire', 'ouvrirCredits', 'corriger'], sur: ['Enveloppe'], ou: 'PARTOUT', regles: ['ACT-05', 'TRANS-10'] },
    {
      peut: ['lire', 'lireNominatif'],
      sur: ['Accompagnement'],
      ou: 'PARTOUT',
      regles: ['ACT-05', 'TRANS-26'],
    },
    {
      peut: ['lire', 'lireNominatif', 'exporter', 'rectifier', 'limiter', 'effacer'],
      sur: ['Jeune'],
      ou: 'PARTOUT',
      regles: ['ACT-33', 'TRANS-30', 'AMB-165'],
    },
  ],
};
