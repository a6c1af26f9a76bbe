export { ServiceDepartement, type TypeService, TYPES_SERVICE } from './service.entity.js';
export { type NatureStructure, NATURES_STRUCTURE, Structure, StructureTerritoire } from './structure.entity.js';
export { structureLue } from './structure.lu.js';
export { StructureService, type StructureSituee } from './structure.service.js';
export { presenterStructure, type StructurePresentee, StructureType } from './structure.types.js';
export { StructuresModule } from './structures.module.js';
