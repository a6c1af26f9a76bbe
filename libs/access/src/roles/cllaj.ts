import type { DeclarationRole } from './declaration.js';
import { DROITS_DE_PORTEUR } from './porteur.js';

/** Not named as the dispositif of the same word: the core names none. */
export const roleCllaj: DeclarationRole = {
  role: 'CLLAJ',
  sens:
    'Le comité local pour le logement autonome des jeunes (ACT-25) porte des projets : il rédige, dépose et ' +
    'valide ses candidatures, signe ses conventions et suit ses versements.',
  droits: DROITS_DE_PORTEUR,
};
