export { CommuneService } from './commune.service.js';
export { nomNormaliseSql, normaliserNom } from './nom-normalise.js';
export type { StatutRattachement } from './planifier-rattachement.js';
export { nomsDesTerritoires } from './noms.js';
export { recherche } from './recherche.js';
export { CommuneTerritoire, Territoire, TerritoireAlias } from './territoire.entity.js';
export { PAR_CODE, territoireLu, territoireNomme } from './territoire.lu.js';
export { TerritoireService } from './territoire.service.js';
export { TerritoiresModule } from './territoires.module.js';
