export { solutionsLogement } from './solutions-logement.js';
