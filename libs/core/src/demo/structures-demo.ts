import type { NatureStructure } from '@sillage/kernel';
import type { StructureASemer } from '../referentiel/index.js';

/**
 * Invented organisations of the Pas-de-Calais. Their SIRET pass the check but begin with zeros, which no real one does.
 */
export const STRUCTURES_DEMO_62: readonly StructureASemer[] = [
  structureDemo('horizon-jeunes', 'Association Horizon Jeunes', 'ASSOCIATION', '00000001800010', [
    'ARTOIS',
    'LENS_LIEVIN',
  ]),
  structureDemo('cap-demain', 'Association Cap Demain', 'ASSOCIATION', '00000002600013', ['ARRAGEOIS', 'TERNOIS']),
  structureDemo('habitat-exemple', 'Habitat Exemple', 'BAILLEUR', '00000003400017', ['CALAISIS', 'BOULONNAIS']),
  structureDemo('cllaj-exemple', 'CLLAJ Exemple', 'CLLAJ', '00000004200010', ['AUDOMAROIS']),
];

export function structureDemo(
  cle: string,
  raisonSociale: string,
  nature: NatureStructure,
  siret: string,
  territoires: readonly string[],
): StructureASemer {
  return { cle, raisonSociale, nature, siret, communeCode: null, territoires };
}
