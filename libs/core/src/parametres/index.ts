export { type DemandeParametres, type DossierParametre, ParametreService } from './parametre.service.js';
export { ParametresModule } from './parametres.module.js';
export { SurchargeEntity } from './surcharge.entity.js';
export { SurchargeService } from './surcharge.service.js';
