import type { DeclarationRole } from './declaration.js';
import { DROITS_DE_PORTEUR } from './porteur.js';

export const missionLocale: DeclarationRole = {
  role: 'MISSION_LOCALE',
  sens:
    'La mission locale (ACT-22) porte des projets : elle rédige, dépose et valide ses candidatures, signe ses ' +
    'conventions et suit ses versements.',
  droits: DROITS_DE_PORTEUR,
};
