export { type DossierParametre, ParametreService } from './parametre.service.js';
export { SurchargeEntity } from './surcharge.entity.js';
