export { calculerVersements, EvenementsDossier } from './evenements-dossier.js';
export { Versement } from './versement.entity.js';
export { LectureVersements } from './versement.lecture.js';
export { presenterVersement, VersementType } from './versement.types.js';
export { VersementsModule } from './versements.module.js';
