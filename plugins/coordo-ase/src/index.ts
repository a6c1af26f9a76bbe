export { coordoAse } from './coordo-ase.js';
