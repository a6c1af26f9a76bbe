import { definirDispositif } from '@sillage/dispositif-kit';
import { minimal } from '../minimal/minimal.js';

/** Claims what `minimal` claims: boot must refuse the two together, and name both. */
export const collision = definirDispositif({ ...minimal, libelle: 'Dispositif qui heurte', version: '2' });
