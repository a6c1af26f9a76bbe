export { accompagnementLogement } from './accompagnement-logement.js';
