export {
  AdministrationActivations,
  type DemandeDActivation,
  type DemandeDeDesactivation,
} from './activation.administration.js';
export { ActivationEntity } from './activation.entity.js';
export { EN_COURS, type EnCours, type Geste } from './activation.regles.js';
export { ActivationService, type DemandeActivation } from './activation.service.js';
export { ActivationsModule } from './activations.module.js';
export { lireTerritoires } from './territoires-demandes.js';
