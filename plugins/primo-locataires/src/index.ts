export { primoLocataires } from './primo-locataires.js';
