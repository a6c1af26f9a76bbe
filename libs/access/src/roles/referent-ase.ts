import type { DeclarationRole } from './declaration.js';

export const referentAse: DeclarationRole = {
  role: 'REFERENT_ASE',
  sens:
    'Le référent de l’aide sociale à l’enfance travaille en binôme avec les porteurs : il lit les conventions signées de ' +
    'ses territoires.',
  droits: [
    {
      peut: ['lire'],
      sur: ['Convention'],
      ou: 'MES_TERRITOIRES',
      etats: ['SIGNEE'],
      regles: ['ACT-13', 'ACT-15'],
    },
  ],
};
