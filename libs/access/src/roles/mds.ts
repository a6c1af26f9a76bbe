import { type DeclarationRole, ETATS_DE_CONVENTION_SIGNEE } from './declaration.js';

export const mds: DeclarationRole = {
  role: 'MDS',
  sens:
    'La maison du Département solidarité repère et oriente : elle lit les conventions signées de ses territoires, pour ' +
    'savoir vers qui orienter.',
  droits: [
    {
      peut: ['lire'],
      sur: ['Convention'],
      ou: 'MES_TERRITOIRES',
      etats: ETATS_DE_CONVENTION_SIGNEE,
      regles: ['ACT-10'],
    },
  ],
};
