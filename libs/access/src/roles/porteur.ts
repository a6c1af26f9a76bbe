import type { Declaration } from './declaration.js';

/** What any project holder does with its own dossiers, and nobody else's; an organisation may hold several roles (ML-R03). */
export const DROITS_DE_PORTEUR: readonly Declaration[] = [
  {
    peut: ['lire', 'lireNominatif', 'creer', 'modifier', 'joindre', 'deposer', 'valider', 'abandonner'],
    sur: ['Candidature'],
    ou: 'MA_STRUCTURE',
    regles: ['ACT-21', 'AMB-044', 'TRANS-04', 'TRANS-27'],
  },
  {
    peut: ['lire', 'lireNominatif', 'joindre', 'signer'],
    sur: ['Convention'],
    ou: 'MA_STRUCTURE',
    regles: ['ACT-21', 'TRANS-09', 'TRANS-27'],
  },
  {
    peut: ['lire', 'lireNominatif', 'remettre'],
    sur: ['Bilan'],
    ou: 'MA_STRUCTURE',
    regles: ['ACT-21', 'TRANS-25'],
  },
  { peut: ['lire', 'remettre'], sur: ['Cotation'], ou: 'MA_STRUCTURE', regles: ['ACT-21', 'AMB-078'] },
  // What services write before they propose it is their working paper.
  {
    peut: ['lireNotes'],
    sur: ['Cotation'],
    ou: 'MA_STRUCTURE',
    etats: ['PROPOSEE', 'CONTESTEE', 'DEFINITIVE'],
    regles: ['ACT-21', 'AMB-078'],
  },
  { peut: ['lire'], sur: ['Versement'], ou: 'MA_STRUCTURE', regles: ['ACT-21', 'TRANS-12'] },
  {
    peut: ['lire', 'lireNominatif'],
    sur: ['Accompagnement'],
    ou: 'MA_STRUCTURE',
    regles: ['ACT-21', 'TRANS-18'],
  },
];
