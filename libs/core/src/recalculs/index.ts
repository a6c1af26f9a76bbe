export { RecalculsModule } from './recalculs.module.js';
export { Tache, TacheEcart } from './tache.entity.js';
