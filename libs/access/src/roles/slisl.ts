import type { DeclarationRole } from './declaration.js';

export const slisl: DeclarationRole = {
  role: 'SLISL',
  sens:
    'Le service local inclusion sociale et logement lit les candidatures déposées et les conventions de ses territoires. ' +
    'Il donne son avis aux dispositifs qui le demandent, et y constate le service fait.',
  droits: [
    {
      // Heard only where the dispositif asks for it.
      peut: ['lire', 'donnerAvis'],
      sur: ['Candidature'],
      ou: 'MES_TERRITOIRES',
      saufEtats: ['BROUILLON'],
      regles: ['ACT-12', 'AMB-105'],
    },
    { peut: ['lire'], sur: ['Convention'], ou: 'MES_TERRITOIRES', regles: ['ACT-12'] },
    // No names here: the dispositifs whose young people it follows add them.
    { peut: ['lire'], sur: ['Accompagnement'], ou: 'MES_TERRITOIRES', regles: ['ACT-12', 'TRANS-18', 'TRANS-30'] },
    {
      peut: ['lire', 'liquiderVersement'],
      sur: ['Versement'],
      ou: 'MES_TERRITOIRES',
      regles: ['ACT-12', 'TRANS-12'],
    },
    { peut: ['lire', 'confirmer'], sur: ['Bilan'], ou: 'MES_TERRITOIRES', regles: ['ACT-12', 'TRANS-25'] },
  ],
};
