import type { DeclarationRole } from './declaration.js';

export const dpd: DeclarationRole = {
  role: 'DPD',
  sens:
    'Le délégué à la protection des données veille à ce que chacun fait des données : il consulte le journal et voit qui a ' +
    'agi. Il n’accède à aucun dossier, ni à rien d’autre qui nomme quelqu’un.',
  droits: [{ peut: ['lire', 'lireNominatif'], sur: ['Journal'], ou: 'PARTOUT', regles: ['TRANS-39', 'TRANS-30'] }],
};
