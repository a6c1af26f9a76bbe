export { RecalculsModule } from './recalculs.module.js';
export { Tache, TacheEcart, TacheRefus } from './tache.entity.js';
