import type { DeclarationRole } from './declaration.js';

export const administrateur: DeclarationRole = {
  role: 'ADMINISTRATEUR',
  sens:
    'L’administrateur tient la plateforme : il active les dispositifs, publie les appels, fixe les paramètres, tient les ' +
    'référentiels et accorde les habilitations. Il consulte les dossiers pour mesurer l’effet de ses gestes, mais ne voit pas ' +
    'leurs données nominatives, ne décide d’aucun euro, et ne lit pas le journal de ce que chacun a fait, lui compris.',
  droits: [
    {
      peut: ['lire'],
      sur: [
        'Appel',
        'Parametre',
        'Candidature',
        'Convention',
        'Bilan',
        'Cotation',
        'Versement',
        'Enveloppe',
        'Bordereau',
        'Tache',
        'Accompagnement',
        'Utilisateur',
        'Habilitation',
      ],
      ou: 'PARTOUT',
      regles: ['TRANS-39', 'TRANS-30'],
    },
    { peut: ['lireNotes'], sur: ['Cotation'], ou: 'PARTOUT', regles: ['TRANS-39', 'AMB-078'] },
    {
      peut: ['creer', 'modifier'],
      sur: ['Territoire', 'Structure', 'Service'],
      ou: 'PARTOUT',
      regles: ['TRANS-28', 'AMB-139'],
    },
    { peut: ['activer'], sur: ['Dispositif', 'Activation'], ou: 'PARTOUT', regles: ['TRANS-01'] },
    { peut: ['creer', 'modifier', 'publier'], sur: ['Appel'], ou: 'PARTOUT', regles: ['TRANS-03'] },
    { peut: ['parametrer'], sur: ['Parametre'], ou: 'PARTOUT', regles: ['TRANS-02', 'TRANS-41'] },
    { peut: ['habiliter'], sur: ['Habilitation'], ou: 'PARTOUT', regles: ['TRANS-29'] },
    // One cannot entitle a person whom one cannot name: only the users' own labels, nothing of the dossiers.
    { peut: ['creer', 'modifier', 'lireNominatif'], sur: ['Utilisateur'], ou: 'PARTOUT', regles: ['TRANS-29'] },
  ],
};
