export { type Auteur, type Ecriture, JournalService } from './journal.service.js';
export { JournalModule } from './journal.module.js';
