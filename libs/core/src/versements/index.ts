export { calculerVersements, EvenementsDossier } from './evenements-dossier.js';
export { Versement, VersementEtape } from './versement.entity.js';
export { VersementsModule } from './versements.module.js';
