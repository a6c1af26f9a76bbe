export { DEPARTEMENT_ESSAI } from './departement-essai.js';
export { type CompteDemo } from './semer-comptes.js';
export { type BilanDemo, type OptionsDemo, semerDemo } from './semer-demo.js';
