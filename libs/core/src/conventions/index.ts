export { Convention, ConventionSignature, ConventionTerritoire } from './convention.entity.js';
export { conventionLue } from './convention.lu.js';
export { ConventionsModule } from './conventions.module.js';
