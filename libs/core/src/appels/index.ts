export { AppelEntity, AppelTerritoireEntity, type EtatAppel } from './appel.entity.js';
export { appelLu } from './appel.lu.js';
export { deciderFenetre, type Fenetre } from './appel.regles.js';
export { RedactionAppels } from './appel.redaction.js';
export { AppelService } from './appel.service.js';
export { AppelsModule } from './appels.module.js';
export { deciderSession } from './sessions.js';
export { declarerAppels } from './declarer-appels.js';
