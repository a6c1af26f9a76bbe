import type { DeclarationRole } from './declaration.js';
import { DROITS_DE_PORTEUR } from './porteur.js';

export const association: DeclarationRole = {
  role: 'ASSOCIATION',
  sens:
    'L’association (ACT-21, ACT-28) porte des projets : elle rédige, dépose et valide ses candidatures, signe ' +
    'ses conventions et suit ses versements.',
  droits: DROITS_DE_PORTEUR,
};
