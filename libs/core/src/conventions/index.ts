export { Convention, ConventionSignature, ConventionTerritoire } from './convention.entity.js';
export { ConventionsModule } from './conventions.module.js';
