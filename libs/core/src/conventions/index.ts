export { Convention, ConventionSignature, ConventionTerritoire } from './convention.entity.js';
export { ConventionType } from './convention.types.js';
export { ConventionsModule } from './conventions.module.js';
