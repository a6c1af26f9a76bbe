export { AppelEntity, AppelTerritoireEntity, type EtatAppel } from './appel.entity.js';
export { deciderFenetre, type Fenetre } from './appel.regles.js';
export { AppelService } from './appel.service.js';
