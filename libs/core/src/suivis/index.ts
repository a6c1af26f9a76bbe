export { Suivi } from './suivi.entity.js';
export { SuivisModule } from './suivis.module.js';
