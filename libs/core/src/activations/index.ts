export { ActivationEntity } from './activation.entity.js';
export { EN_COURS, type EnCours, type Geste } from './activation.regles.js';
export { ActivationService, type DemandeActivation } from './activation.service.js';
