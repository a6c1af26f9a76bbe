import type { Declaration } from './declaration.js';

/**
 * What anybody who holds one active habilitation may read, whatever the role and even when the habilitation is limited
 * to some dispositifs: the département's own public facts, and the appels that it has published.
 */
export const FAITS_PUBLICS: readonly Declaration[] = [
  {
    peut: ['lire'],
    sur: ['Departement', 'Territoire', 'Structure', 'Service'],
    ou: 'PARTOUT',
    regles: ['TRANS-28', 'TERR-R03'],
  },
  { peut: ['lire'], sur: ['Dispositif', 'Activation'], ou: 'PARTOUT', regles: ['TRANS-01', 'TRANS-38'] },
  { peut: ['lire'], sur: ['Appel'], ou: 'PARTOUT', etats: ['PUBLIE'], regles: ['TRANS-03'] },
];
