export { type Chaine, CHAINES } from './chaines.js';
export { direEcart, type Ecart, type NatureEcart } from './ecarts-chaine.js';
export { type Auteur, type Ecriture, JournalService } from './journal.service.js';
export { JournalModule } from './journal.module.js';
export { ecrireTete, lireTete, type TeteDeChaine } from './tete-chaine.js';
export { type Constat, type Lecteur, type Verification, verifierChaine } from './verifier-journal.js';
