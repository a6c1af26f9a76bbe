export { Avenant, AvenantSignature } from './avenant.entity.js';
export { Convention, ConventionFin, ConventionSignature, ConventionTerritoire } from './convention.entity.js';
export { ConventionsModule } from './conventions.module.js';
