import { enumerationGraphql } from '../api/index.js';
import { PARTIES } from './convention.entity.js';

export const PartieEnum = enumerationGraphql(PARTIES, 'PartieConvention', 'Qui signe.');
