export { lireEffacements } from './consigner-effacement.js';
export { tablesPersonnelles } from './donnees-personnelles.js';
export { type BilanEffacement, effacer } from './effacement.js';
export { JeunesModule } from './jeunes.module.js';
