export { ServiceDepartement, type TypeService, TYPES_SERVICE } from './service.entity.js';
export { type NatureStructure, NATURES_STRUCTURE, Structure, StructureTerritoire } from './structure.entity.js';
export { StructureService, type StructureSituee } from './structure.service.js';
export { presenterStructure, StructureType } from './structure.types.js';
export { StructuresModule } from './structures.module.js';
