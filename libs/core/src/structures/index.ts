export { ServiceDepartement, type TypeService, TYPES_SERVICE } from './service.entity.js';
export { Structure, StructureTerritoire } from './structure.entity.js';
export { structureLue } from './structure.lu.js';
export { StructuresModule } from './structures.module.js';
