import { NATURES_DE_FIN } from '@sillage/dispositif-kit';
import { enumerationGraphql } from '../api/index.js';
import { PARTIES } from './convention.entity.js';

export const PartieEnum = enumerationGraphql(PARTIES, 'PartieConvention', 'Qui signe, ou met fin.');

export const NatureDeFinEnum = enumerationGraphql(NATURES_DE_FIN, 'NatureDeFin', 'Comment une partie met fin.');
