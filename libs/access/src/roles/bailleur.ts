import type { DeclarationRole } from './declaration.js';
import { DROITS_DE_PORTEUR } from './porteur.js';

export const bailleur: DeclarationRole = {
  role: 'BAILLEUR',
  sens:
    'Le bailleur social (ACT-26) porte des projets de logement : il rédige, dépose et valide ses candidatures, ' +
    'signe ses conventions et suit ses versements.',
  droits: DROITS_DE_PORTEUR,
};
