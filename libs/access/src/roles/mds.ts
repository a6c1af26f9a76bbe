import type { DeclarationRole } from './declaration.js';

export const mds: DeclarationRole = {
  role: 'MDS',
  sens:
    'La maison du Département solidarité repère et oriente : elle lit les conventions signées de ses territoires, pour ' +
    'savoir vers qui orienter.',
  droits: [{ peut: ['lire'], sur: ['Convention'], ou: 'MES_TERRITOIRES', etats: ['SIGNEE'], regles: ['ACT-10'] }],
};
