export { Bordereau, BordereauLigne, BordereauRetour } from './bordereau.entity.js';
export { BordereauxModule } from './bordereaux.module.js';
