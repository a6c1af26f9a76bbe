export { ServiceDepartement, type TypeService, TYPES_SERVICE } from './service.entity.js';
export { type NatureStructure, NATURES_STRUCTURE, Structure, StructureTerritoire } from './structure.entity.js';
export { structureLue } from './structure.lu.js';
export { StructuresModule } from './structures.module.js';
