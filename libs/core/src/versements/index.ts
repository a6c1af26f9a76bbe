export { calculerVersements, EvenementsDossier } from './evenements-dossier.js';
export { Versement } from './versement.entity.js';
export { versementLu } from './versement.lu.js';
export { VersementsModule } from './versements.module.js';
