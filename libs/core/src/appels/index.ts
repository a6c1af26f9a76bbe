export { AppelEntity, AppelTerritoireEntity, type EtatAppel } from './appel.entity.js';
export { appelLu } from './appel.lu.js';
export { deciderFenetre, type Fenetre } from './appel.regles.js';
export { AppelService, type FiltreAppels } from './appel.service.js';
export { type AppelSitue, situerAppels } from './appel.situation.js';
export { AppelType, presenterAppel } from './appel.types.js';
export { AppelsModule } from './appels.module.js';
export { declarerAppels } from './declarer-appels.js';
