export { type BilanReferentiel, chargerReferentiel, type DepartementALoger } from './charger-referentiel.js';
export { type Cog, lireCog } from './cog.js';
export { idStable } from './id-stable.js';
export { journaliserSemis } from './journaliser-semis.js';
export { PAS_DE_CALAIS, semerDepartement62 } from './pas-de-calais/index.js';
export { type BilanSemis, type DepartementASemer, semerDepartement } from './semer-departement.js';
export { semerStructures, type StructureASemer } from './semer-structures.js';
