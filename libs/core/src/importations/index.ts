export { CandidatureImportee, Importation, ImportationLigne } from './importation.entity.js';
export { ImportationsModule } from './importations.module.js';
