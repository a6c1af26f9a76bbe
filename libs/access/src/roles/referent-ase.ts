import { type DeclarationRole, ETATS_DE_CONVENTION_SIGNEE } from './declaration.js';

export const referentAse: DeclarationRole = {
  role: 'REFERENT_ASE',
  sens:
    'Le référent de l’aide sociale à l’enfance travaille en binôme avec les porteurs : il lit les conventions signées de ' +
    'ses territoires, et note les items d’une grille qui le désignent.',
  droits: [
    {
      peut: ['lire'],
      sur: ['Convention'],
      ou: 'MES_TERRITOIRES',
      etats: ETATS_DE_CONVENTION_SIGNEE,
      regles: ['ACT-13', 'ACT-15'],
    },
    {
      peut: ['lire', 'lireNotes', 'noter'],
      sur: ['Cotation'],
      ou: 'MES_TERRITOIRES',
      regles: ['ACT-13', 'AMB-078'],
    },
  ],
};
