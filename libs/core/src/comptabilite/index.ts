export { EcritureComptable, Enveloppe, Solde } from './comptabilite.entity.js';
export { ComptabiliteModule } from './comptabilite.module.js';
export { type AEngager, EnveloppeService } from './enveloppe.service.js';
export { GrandLivre } from './grand-livre.js';
