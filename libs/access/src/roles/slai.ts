import type { DeclarationRole } from './declaration.js';

export const slai: DeclarationRole = {
  role: 'SLAI',
  sens:
    'Le service local d’allocation et d’insertion suit les projets de ses territoires : il lit les candidatures déposées, ' +
    'donne son avis avant la décision du siège, suit les conventions, et constate le service fait : il confirme les bilans et ' +
    'liquide les versements des dispositifs sur lesquels son avis est demandé.',
  droits: [
    {
      peut: ['lire', 'lireNominatif', 'donnerAvis'],
      sur: ['Candidature'],
      ou: 'MES_TERRITOIRES',
      saufEtats: ['BROUILLON'],
      regles: ['ACT-11', 'AMB-105', 'TRANS-08'],
    },
    { peut: ['lire', 'lireNominatif'], sur: ['Convention'], ou: 'MES_TERRITOIRES', regles: ['ACT-11', 'TRANS-23'] },
    {
      peut: ['lire', 'lireNominatif'],
      sur: ['Accompagnement'],
      ou: 'MES_TERRITOIRES',
      regles: ['ACT-11', 'TRANS-18'],
    },
    {
      peut: ['lire', 'liquiderVersement'],
      sur: ['Versement'],
      ou: 'MES_TERRITOIRES',
      regles: ['ACT-11', 'TRANS-12'],
    },
    { peut: ['lire', 'confirmer'], sur: ['Bilan'], ou: 'MES_TERRITOIRES', regles: ['ACT-11', 'TRANS-25'] },
    {
      peut: ['lire', 'lireNotes', 'noter'],
      sur: ['Cotation'],
      ou: 'MES_TERRITOIRES',
      regles: ['ACT-11', 'AMB-078'],
    },
  ],
};
